# Colloquy 的中文文案。各语言文件的键相同，由测试比对。

### Every page

skip-to-content = 跳到正文
go-home = 回到首页
front-title = 从文章里的问题，到一场值得的讨论
front-lede = Colloquy 把文章提出的问题变成问卷，妥善保存每一份回答，并让看法不同的人坐到一张桌前。
front-readers = 您是读了某篇文章来的吗？请用文章里的链接，它会带您到问卷。
front-organizers = 组织者由此登录

### What went wrong

error-not-found = 这个地址没有内容
error-not-found-next = 邮件里的链接容易断开，请检查地址是否复制完整。
error-closed = 这份问卷已经结束
error-closed-next = 现在不再接收回答，此前的回答都已保存。
error-sign-in-first = 您还没有登录
error-sign-in-first-next = 什么都没有改动。登录后再发一次即可。
error-sign-in = 登录
error-expired = 这个链接已经用过，或者过期了
error-expired-next = 登录链接只能用一次，而且有时限。请再要一个新的。
error-too-large = 文字太多，一次收不下
error-too-large-next = 还没有保存，但您的文字仍在浏览器里：返回上一页，缩短一些或分两次发送。
error-too-slow = 表单没有完整送达
error-too-slow-next = 还没有保存，但您的文字仍在浏览器里：返回上一页，网络好些时再发一次。
error-refused = 没有成功
error-refused-next = 什么都没有改动。返回修改后再发一次。
error-unexpected = 我们这边出了问题
error-unexpected-next = 不是您的原因。过一分钟再发一次，不会重复保存。
error-incident = 如需联系我们，请附上编号
error-your-text = 您的文字
error-your-text-next = 您写的内容没有丢，都在这里，可以复制。
error-other-site = 这份表单来自别的网站
error-other-site-next = 什么都没有改动。请打开我们的页面，从那里发送。

### Signing in

sign-in-title = 登录
sign-in-how = 填写您在这里使用的邮箱，我们会发给您一个链接。
sign-in-sent = 如果这是一位组织者的邮箱，链接已经寄出。它只能用一次。
sign-in-address = 您的邮箱
sign-in-send = 发送链接
sign-in-first = 还没有组织者？程序启动时会打印一个链接；运行 colloquy sign-in 可以再要一个。
sign-in-welcome = 欢迎
sign-in-once = 链接只能用一次，请点这个按钮。

### Stopping mails

stop-title = 停止来信
stop-ask = 不再给 { $address } 写信吗？
stop-means = 确认后，我们不会再向这个地址发送邀请和提醒，无论是这份问卷还是别的问卷。您已经提交的回答不受影响。
stop-button = 不再给我写信
stop-keep = 如果想继续收信，关掉这个页面即可：目前什么都没有改变。
stop-done = 已停止来信
stop-done-means = 我们不会再向 { $address } 发送邀请和提醒。此刻正在寄出的邮件可能仍会送达。
stop-done-seat = 如果您在讨论中有座位，时间或地点有变动时仍会通知您。
stop-still = 您仍然可以回答：邮件里的链接一直有效。

### Mail

mail-greeting = { $name }，您好：
mail-greeting-unnamed = 您好：
mail-minutes = { $minutes } 分钟
mail-names-and-others = { $names }，以及另外 { $count } 位
mail-others = { $count ->
    [0] 暂时还没有其他人
   *[other] 另外 { $count } 位参与者
}

## Invitation

mail-invitation-subject = 想听听您的看法：《{ $title }》
mail-invitation-opening = { $organizer } 想听听您对《{ $title }》的看法。
mail-invitation-effort = 一共 { $count } 个问题，大约需要 { $time }。您可以随时停下，之后再回来继续或修改。
mail-invitation-personal = 下面的链接只属于您本人，请不要转发给别人。
mail-answer-action = 开始回答
mail-open-until = 截止时间：{ $when }。

## Reminder

mail-reminder-subject = 现在回答还来得及：《{ $title }》
mail-reminder-opening = { $organizer } 之前就《{ $title }》给您写过信，目前还没有收到您的回答。如果您愿意说说看法，这是您的链接。
mail-reminder-last = 这是最后一次提醒。如果您不想回答，什么都不用做。

## Sign in

mail-sign-in-subject = 您的登录链接
mail-sign-in-opening = 这是您登录 Colloquy 的链接，{ $time }内有效，只能使用一次。
mail-sign-in-action = 登录
mail-sign-in-stranger = 如果这不是您本人的操作，请不要点击链接：没有它，谁也无法登录。

## Seat

mail-seat-subject = 已为您留好座位：《{ $title }》
mail-seat-subject-changed = 安排有变动：《{ $title }》
mail-seat-opening = 关于《{ $title }》的小组讨论，我们为您留好了座位。我们很期待，希望您也一样。
mail-seat-opening-changed = 您参加的《{ $title }》讨论有变动。以下是最新的安排，日历也已同步更新。
mail-seat-when = 时间
mail-seat-when-organizer = 组织者当地时间
mail-seat-length = 时长
mail-seat-where = 地点
mail-seat-group = 您的小组
mail-seat-host = 主持人
mail-seat-you-host = 这一组由您主持，谢谢您！
mail-seat-with = 同组
mail-seat-guide-hint = 讨论指南里有当天要聊的问题，都来自您这一组的回答。提前看五分钟就够了。
mail-seat-guide-action = 打开讨论指南
mail-seat-decline = 我来不了了
mail-seat-summary = 讨论：《{ $title }》

## Seat cancelled

mail-seat-cancelled-subject = 讨论已取消：《{ $title }》
mail-seat-cancelled-opening = 很抱歉，您报名的《{ $title }》讨论无法按原计划进行。附件会将它从您的日历中移除。
mail-seat-cancelled-was = 原定时间

## Footer

mail-why-asked = 您收到这封邮件，是因为您在{ $date }表示愿意收到 { $organizer } 的来信。
mail-why-listed = 您收到这封邮件，是因为 { $organizer } 有您的邮箱地址，并觉得您可能愿意回答。
mail-why-participant = 您收到这封邮件，是因为您表示愿意参加由 { $organizer } 组织的讨论。
mail-why-sign-in = 您收到这封邮件，是因为有人用您的邮箱地址登录 Colloquy。
mail-no-tracking = 这封邮件不会追踪您：没有图片，也没有隐藏的计数。
mail-unsubscribe = 退订（Unsubscribe）
