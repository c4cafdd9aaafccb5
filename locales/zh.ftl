# Colloquy 的中文文案。各语言文件的键相同，由测试比对。

### Every page

skip-to-content = 跳到正文
languages = 语言
title-of-error = 有误：{ $title }
go-home = 回到首页
front-title = 从文章里的问题，到一场值得的讨论
front-lede = Colloquy 把文章提出的问题变成问卷，妥善保存每一份回答，并让看法不同的人坐到一张桌前。
front-readers = 您是读了某篇文章来的吗？请用文章里的链接，它会带您到问卷。
front-organizers = 组织者由此登录

### Help

footer-made = 由 Colloquy 提供
help-link = 帮助
help-title = 填写帮助
help-lede = 先说要点。这里的一切都不需要注册账号。
help-lost = 我写的内容会丢失吗？
help-lost-answer = 您书写时，浏览器会在您自己的设备上保留一份副本；表单下方会注明，您也可以在那里删除。按下“发送我的回答”之后，只有真正存好，我们才会告诉您已经收到。没有网络时，回答会留在您的设备上，稍后自动发送。
help-later = 可以先停下，以后再继续吗？
help-later-answer = 可以。用同一个浏览器再次打开同一个链接，七天之内都可以接着之前的内容写。匿名问卷的内容只保留到您关闭标签页为止。
help-change = 发送之后还能修改吗？
help-change-answer = 可以，请使用回执上的私人链接。它可以打开您的回答，请妥善保存，不要转给他人。
help-who = 谁会读到我的回答？
help-who-answer = 每份问卷的第一题上方都有说明。我们只统计表单每天被打开和开始填写的次数，不记录是谁。我们不向任何其他公司请求任何内容：没有外部字体、统计或广告。
help-mails = 怎样停止接收邮件？
help-mails-answer = 使用每封邮件底部的链接，按一下即可，立刻生效。
help-person = 我想问问真人
help-person-answer = 邀请您的人就是这份问卷的主持者：请直接回复邮件，或在您读到文章的地方联系对方。如果您已经发送了回答，请附上回执上的编号。

### What went wrong

error-not-found = 这个地址没有内容
error-not-found-next = 邮件里的链接容易断开，请检查地址是否复制完整。
error-closed = 这份问卷已经结束
error-closed-next = 现在不再接收回答，此前的回答都已保存。
error-sign-in-first = 您还没有登录
error-sign-in-first-next = 什么都没有改动。请先登录，再回到这一页重新发送。
error-sign-in = 登录
error-expired = 这个链接已经用过，或者过期了
error-expired-next = 登录链接只能用一次，而且有时限。请再要一个新的。
error-too-large = 文字太多，一次收不下
error-too-large-next = 还没有保存。请缩短一些，或分两次发送；返回上一页，浏览器里可能还有全文。
error-too-slow = 表单没有及时送达
error-too-slow-next = 还没有保存。请看看文字是否完整，网络好些时再发一次；返回上一页，浏览器里可能还有全文。
error-broken-off = 表单没有完整送达
error-broken-off-next = 还没有保存。请看看文字是否完整，再发一次；返回上一页，浏览器里可能还有全文。
error-crowded = 此刻正在发送的表单太多
error-crowded-next = 还没有保存。请过半分钟再发一次。
error-refused = 没有成功
error-refused-next = 什么都没有改动。请在这里修改后再发一次。
error-unexpected = 我们这边出了问题
error-unexpected-next = 不是您的原因。过一分钟再发一次，不会重复保存。
error-unavailable = 现在暂时无法保存
error-unavailable-next = 不是您的原因。请先把文字存好，过一分钟再发一次，不会重复保存。
error-no-room = 存储空间已满，暂时无法保存
error-no-room-next = 不是您的原因。请先把文字存好，晚些时候再发一次，不会重复保存。
error-wrong-method = 这个地址不能接收表单
error-wrong-method-next = 还没有保存。请重新打开问卷页面，把文字放到那里。
error-wrong-type = 发来的内容不是表单
error-wrong-type-next = 还没有保存。请从这里再发一次。
error-conflict = 这份表单属于别的内容
error-conflict-next = 还没有保存。请重新打开页面，把文字放到那里。
error-too-many = 您所在的网络短时间内发来了很多表单
error-too-many-wait = 请过 { $minutes } 分钟再发一次。
error-too-many-next = 还没有保存。这一页可以一直开着。
error-incident = 如需联系我们，请附上编号
error-your-text = 您的文字都在这里
error-your-text-part = 您的文字有一部分在这里
error-missing = 其余约 { $count } 千字节没有收到。
error-answer-number = 您对第 { $number } 题的回答
error-text-number = 您的文字（{ $number }）
error-send-again = 再发一次
error-save-text = 把我的文字存成文件
error-other-site = 这份表单来自别的网站
error-other-site-next = 还没有保存。如果这是您写的，请打开我们的页面，从那里发送。
error-not-yours = 您在这份问卷中的角色不能做这件事
error-not-yours-role = 您在这里是{ $role }，做这件事需要是{ $needed }。
error-not-yours-owners = 以下是这份问卷的所有者，可以更改您的角色：
error-not-yours-next = 没有任何改动。
role-viewer = 查看者
role-editor = 编辑者
role-owner = 所有者
join-title = 一起做“{ $title }”
join-asks = { $name } 邀请您一起做这份问卷。
join-as = 您已登录为 { $name }，将以此身份加入。
join-new = 我们会为 { $address } 建立账户。以后登录时，我们把链接发到这个地址。
join-name = 您的姓名
join-name-help = 同事会看到，收到您邮件的人也会看到。
join-known = { $address } 已有账户。请先登录，然后再次打开邮件里的链接。
join-yes = 加入
error-withdrawn = 组织者已经收回了这份问卷
error-withdrawn-until = 已有的回答保留到 { $date }（UTC），之后彻底删除，除非组织者撤销。如果您回答过，您自己的页面上仍能看到您的回答。
error-withdrawn-next = 这里不再接收新的内容。

### Signing in

sign-in-title = 登录
sign-in-how = 填写您在这里使用的邮箱，我们会发给您一个链接。
sign-in-sent = 如果这是一位组织者的邮箱，带有链接和验证码的邮件已经寄出。两者任选其一，只能用一次。
sign-in-code = 邮件中的六位数字
sign-in-code-wrong = 这不是那封邮件中的数字。输错五次或过期之后，请重新索取邮件。
sign-in-again = 没有收到？请看看垃圾邮件，或者再要一封。
sign-in-address = 您的邮箱
sign-in-send = 发送链接
sign-in-first = 还没有组织者？程序启动时会打印一个链接；运行 colloquy sign-in 可以再要一个。
sign-in-welcome = 欢迎
sign-in-once = 链接只能用一次，请点这个按钮。
sign-in-passkey = 用通行密钥登录
sign-in-passkey-none = 没有用上通行密钥：您的设备上没有本站的密钥，或者您取消了。也可以改用邮件中的链接。
sign-in-passkey-refused = 这把通行密钥没能登录：时间过长、已被移除，或不属于本站。请重新开始，或改用邮件中的链接。
sign-in-openid = 用 { $name } 登录
sign-in-openid-failed = 这次没能在那里登录。请重新开始，或改用邮件中的链接。
sign-in-openid-stranger = 那个账户在这里不是组织者，或者它的邮箱在那边还没有确认。请让一位组织者邀请您。
sign-in-password = 用密码登录
sign-in-password-field = 密码
sign-in-password-wrong = 这个邮箱和这个密码对不上。用邮件中的链接登录不需要密码。
sign-in-password-help = 如果从未设置过，您就没有密码：请用邮件中的链接。

### The form

form-read-article = 阅读文章
form-questions = 共 { $count } 个问题。
form-skip-any = 每一题都可以跳过。
form-skip-some = 没有标注“需要回答”的题都可以跳过。
form-what-then = 发送之后，您会得到一个私人链接，可以随时查看和修改自己的回答。
form-mode-identified = 谁会看到您的回答
form-mode-confidential = 保密，但不是匿名
form-mode-anonymous = 匿名
form-mode-reads = { $organizer } 会逐字阅读每一份回答，也可能归纳大家的看法。
form-mode-link-seen = 这个链接是专门给您的，所以 { $organizer } 知道这些回答出自您；未经您在下方同意，其他人不会知道。
form-mode-name-seen = 只有您自己写下姓名，回答才会带上您的名字。
form-mode-link-kept = 这个链接是专门给您的。系统会记下哪份回答来自它，这样您才能修改。{ $organizer } 看不到这一对应关系；管理服务器的人有办法查到。
form-mode-nothing-known = 除非您自己写明，没有人知道您是谁。
form-mode-name-agreed = 您在下方填写的姓名和地址，只在您同意的范围内给 { $organizer } 看：愿意参加讨论或愿意收信，两者都看得到；同意署名引用，只看得到姓名；都没有同意，就都看不到。
form-mode-link-only-lets-in = 凭这个链接可以回答一次。系统只记下链接已经用过，不记下哪份回答来自它。
form-mode-not-asked = 我们不问您是谁，也不保存关于您或您的设备的任何信息。
form-mode-mixed = 您的回答会先加密存放，等到与至少另外四个人的回答混在一起。在那之前，管理服务器的人还有办法查出哪份是您的；混合之后，保存下来的内容就不再能说明。随回答保存的时间只有混合的日期。
form-mode-your-words = 您写的内容本身仍可能让人认出您：请不要写出姓名，以及只符合您一个人的细节。
form-mode-times = 少见的时间选择也可能让人认出您。
form-mode-receipt = 发送之后，您会得到一个私人链接，可以随时查看和修改自己的回答。请保存好：丢了没有人能替您找回。
form-used = 这个链接已经用过，下面的内容没有保存
form-used-next = 凭这个链接只能回答一次。如果您刚刚发送过这份问卷，那份回答已经妥善保存，请用当时得到的私人链接查看和修改。
used-lede = 这个链接已经用过：有人凭它发送了回答。
used-why = 这份问卷是匿名的。保存下来的内容说不出哪份回答来自这个链接，所以在这里无法打开它。
used-change = 如果要查看或修改您的回答，请打开发送时得到的私人链接。
form-organizer = 组织者
form-hello = { $name }，您好：
form-number = 第 { $number } 题，共 { $count } 题
form-needed = 需要回答
form-passage = 文章原文
form-other = 其他
form-other-text = 其他，请用您自己的话写
form-other-points = 给“其他”的分数
form-as-many = 可以多选。
form-statements-help = 没有看法的，选“跳过”就好。
form-cannot-say = 说不上来
form-most = 大约 { $most } 个字就够了，写长一些也会保存。
form-ranking-help = 您认为最靠前的填 1，其次填 2，依次往下；可以只排一部分。
form-move-up = 上移：{ $option }
form-move-down = 下移：{ $option }
form-between = 填 { $least } 到 { $most } 之间的数。
form-at-least = 不小于 { $least }。
form-at-most = 不大于 { $most }。
form-own = 您自己的观点（{ $number }）
form-own-help = 觉得少了什么吗？写一句别人可以赞同或反对的话。组织者把它放进问卷后，其他人才会看到。
form-problem-not-whole = “{ $typed }”不是整数
form-problem-between = 请填 { $least } 到 { $most } 之间的数
form-problem-at-least = 请填不小于 { $least } 的数
form-problem-at-most = 请填不大于 { $most } 的数
form-problem-same-place = 有两个选项都排在第 { $place } 位，请改动其中一个
form-only-if = 仅当符合您对第 { $number } 题的回答时才需要填写。
form-agree = 同意
form-disagree = 不同意
form-pass = 跳过
form-points = 共 { $total } 分可以分配，不必用完。
form-slot-time = 时间
form-slot-yes = 可以
form-slot-if_need_be = 勉强可以
form-slot-no = 不行
form-slots-zone = 以下为 { $zone } 的时间，每次 { $minutes } 分钟。
form-slots-zone-mixed = 以下为 { $zone } 的时间。
form-name = 姓名
form-address = 邮箱
form-address-help = 只用于您在下面勾选的事。
form-consent-join = 我想参加讨论
form-consent-contact = 可以就此给我写信
form-consent-quote = 可以引用我的话，不署名
form-consent-quote_named = 可以引用我的话，并署名
form-consent-group = 同组的人可以看到我的回答
form-send = 发送我的回答
form-send-changed = 保存修改
form-leave = 不改了
form-view = 如何显示问题
form-view-all = 全部显示在一页
form-view-one = 一次一题
form-continue = 继续
form-back = 返回
form-end = 这是最后一题了
form-end-next = 发送之前，您可以先检查一遍自己写的内容。
form-check = 先检查我的回答
check-title = 检查您的回答
check-lede = 目前还没有发送。发送后，我们收到的就是以下内容。
check-change = 修改
form-draft-number = 第 {"{"}n{"}"} 题，共 {"{"}all{"}"} 题
form-draft-tab = 已保存在本标签页（{"{"}time{"}"}），关闭后即清除
form-draft-delete = 删除
form-draft-deleted = 本设备上的副本已删除，也不会再保存。表单里的文字仍在这里。
form-draft-unsent = 您 {"{"}time{"}"} 写下的回答保存在本设备上，尚未发送。
form-draft-now = 立即发送
form-draft-away = 目前无法连接到服务器。您的文字已保存在本设备，请稍后再试。
form-draft-place = {"{"}n{"}"} / {"{"}all{"}"}
form-draft-slow = 发送比平时慢。您的文字已保存在本设备，我们会继续尝试。
form-draft-busy = 服务器暂时无法接收回答。您的文字已保存在本设备，稍后会自动发送。
form-problems = 有 { $count } 处需要您再看一下
form-problems-kept = 您写下的内容都还在，尚未发送。
form-problem-of = 第 { $number } 题：{ $problem }
form-problem-missing = 这一题需要回答
form-problem-not-offered = 这个选项不在列出的范围内，请重新选择
form-problem-no-number = “{ $typed }”不是整数分数
form-problem-too-many = 您一共给了 { $given } 分，需要收回 { $over } 分
form-problem-no-address = 这不是邮箱地址，邮箱形如 ada@example.org
form-problem-address-missing = 要给您写信，需要您的邮箱：请填写，或取消需要邮箱的勾选
form-empty = 还没有写下任何内容
form-empty-next = 至少回答一题，然后再发送。
form-refused = 您的回答暂时没能保存
form-refused-next = 这是我们这边的问题，您写下的内容都还在。请先把文字另存一份，过一分钟再发送，不会重复保存。
form-closed = 这份问卷已经结束
form-closed-next = { $organizer } 不再接收新的回答。此前的回答都已保存，用回执上的私人链接仍然可以打开您的回答。
form-waits = 这份问卷将于 { $time } 开放
form-waits-next = 届时 { $organizer } 会在这个网址接收回答。
form-full = 这份问卷已收满 { $most } 份回答
form-full-next = { $organizer } 暂时不再接收新的回答。已有的回答都已保存，用回执上的私人链接仍然可以打开。
form-closes = 回答截止到 { $time }。
form-at-most-responses = 最多接收 { $most } 份回答；您一旦开始，就可以写完。
form-change-lede = 这是您上一次写下的内容，想改哪里都可以。此前发送的内容会作为旧版本保留。
form-draft-kept = 这台设备上保留了您 {"{"}time{"}"} 写下的内容。
form-draft-use = 继续使用
form-draft-discard = 放弃
form-draft-saved = 已保存在本设备，{"{"}time{"}"}
form-draft-offline = 目前没有网络连接。您的文字已保存在本设备，恢复连接后会自动发送。
form-draft-left = 还剩 {"{"}n{"}"}
form-draft-over = 超出 {"{"}n{"}"}
form-leave-empty = 此处请留空
form-draft-own = 您的当地时间：{"{"}time{"}"}
form-left = 还剩 { $n }
form-over = 超出 { $n }

### The receipt

receipt-waits = 回答已经妥善保存，数据库恢复后会自动归档，您不用再做什么。
receipt-title = 您的回答已经送达
receipt-lede = 谢谢您。请保留下面的私人链接：凭它可以查看和修改您写下的内容。
receipt-lede-closed = 谢谢您。问卷已经结束，凭下面的私人链接仍然可以查看您写下的内容。

receipt-code-help = 如需就这份回答联系我们，请报上编号。编号不能用来打开回答。
receipt-copy-code = 复制编号
receipt-link = 您的私人链接
receipt-link-help = 拿到这个链接的人都能查看和修改您的回答，请不要转发。
receipt-copy-link = 复制链接
receipt-copied = 已复制
receipt-kept = 保存时间：
receipt-sealed = 您的回答正加密存放，等到与至少另外四个人的回答混在一起之后，{ $organizer } 才会读到。
receipt-change = 修改我的回答
receipt-print = 打印
receipt-next = 接下来
receipt-next-read = { $organizer } 会把您的回答和大家的一起阅读。
receipt-next-seat = 讨论已为您留好座位：查看您的小组和讨论指南
receipt-next-join = 您愿意参加讨论：分组确定后，我们会写信到 { $address }，告诉您时间和小组。
receipt-next-contact = 如果有事要告诉您，我们会写信到 { $address }。
receipt-next-quote = 您的话可能被引用，不署名。
receipt-next-quote-named = 您的话可能被引用，并署您的名字。
receipt-next-no-quote = 您没有同意被引用。{ $organizer } 可能统计和归纳您写的内容，但不会公开您的原话。
receipt-yours = 您写下的内容
receipt-own = 您自己的观点
receipt-colon = ：
receipt-none = 未回答
receipt-points = { $points } 分（共 { $total } 分）
receipt-scale = { $point }（共 { $points } 档）
receipt-versions = 各个版本
receipt-versions-help = 您修改过 { $count } 次。以最后一版为准，旧版本都保留着。
receipt-version-counts = 以此版为准
receipt-unknown = 这个地址没有回答
receipt-unknown-next = 邮件里的私人链接容易断开，请检查链接是否复制完整，直到最后一个字母。如果还是打不开，请带上回执编号联系邀请您的人。

### One's own page

mine-consents = 您同意的事
mine-consents-how = 每一项都可以随时收回。想重新同意，请修改您的回答。
mine-consents-closed = 每一项都可以随时收回。
mine-allowed = 已同意
mine-not-allowed = 未同意
mine-take-back = 收回
mine-withdraw = 收回：{ $consent }
mine-withdraw-join = 收回后不再邀请您。如果已有座位，座位会让给别人，我们会发一封邮件，把日程从您的日历中移除。
mine-withdraw-contact = 收回后不会再就此给您写信。
mine-withdraw-quote = 从现在起不再匿名引用您的话。此前印出或寄出的无法追回。
mine-withdraw-quote_named = 从现在起引文下不再出现您的名字。此前印出或寄出的无法追回。
mine-withdraw-group = 收回后，同组的人不再看到您的回答。
mine-withdrawn = 已经收回
mine-withdrawn-next = 从现在起生效。您目前同意的事列在下面；之前的版本与其他版本一起保留。
mine-take = 带走一份
mine-take-how = 我们保存的关于您回答的一切：每个版本、每个时间、每项同意，都附上问卷原来的文字。
mine-text = 下载文本，便于阅读
mine-json = 下载数据（JSON）
mine-mail = 把链接发到我的邮箱
mine-mail-how = 我们只把这一页的私人链接发给您一次，邮箱不作他用。
mine-no-address = 链接没有寄出
mine-no-address-next = 这不是邮箱地址，邮箱形如 ada@example.org。
mine-too-many = 链接没有寄出
mine-too-many-next = 今天寄往这个邮箱、或关于这份回答的邮件已经够多。请直接复制链接，或明天再试。
mine-erase = 全部删除
mine-erase-how = 您可以删除在这里写下的一切。请先看看这意味着什么。
mine-erase-next = 看看会删除什么
mine-version = 第 { $number } 版，{ $time }
mine-version-counts = 以这一版为准。
mine-version-kept = 这是当时的内容和当时的题目。现在以后来的版本为准。
mine-back = 回到您的回答
mine-results = 大家的看法
mine-results-how = 问卷已经结束。您的回答在所有回答中处于这样的位置。
mine-theme = { $answered } 人中有 { $people } 人说了类似的看法：
mine-group = 与您投票相近的人
mine-group-of = 您的投票与 { $group } 组最相近：在投票足够多的 { $placed } 人中，这一组有 { $people } 人。字母没有含义，各组不分高下。
mine-seat = 时间：{ $when }，{ $group }。
mine-file-code = 编号
mine-file-first = 首次发送
mine-file-last = 最近发送
mine-file-hidden = 随链接带来（{ $name }）
mine-file-invitation = 邀请寄往
mine-file-mail = 邮件

### Erasing

erase-title = 全部删除吗？
erase-lede = 现在还没有删除任何内容。确认后会立即彻底删除，谁也无法恢复。
erase-gone = 会删除的
erase-gone-answers = 您所有版本的回答，以及这一页和它的私人链接。
erase-gone-contact = 您的姓名、邮箱，以及您同意过的事。
erase-gone-results = 统计、归纳、引文和讨论指南中来自您的部分。
erase-gone-seat = 您在讨论中的座位。请自行从日历中移除日程：我们已没有您的邮箱。
erase-gone-mails = 还在等待寄出的、关于这份回答的邮件，以及已寄出邮件的正文。
erase-stays = 会留下的
erase-stays-sent = 此前已经寄出、印出或抄录的内容：{ $organizer } 或其他人可能已经读过。已放进问卷的您的观点会留在那里。
erase-stays-backups = 服务器的备份，直到被新的备份取代。
erase-stays-device = 您自己下载的文件。
erase-stays-note = 一条记录，说明这一天删除过内容；不说明是什么，也不说明是谁的。
erase-stays-invitation = 如果您是受邮件邀请而来：您受过邀请、邀请已经用过，这一点会留下。不会再有提醒；凭邀请链接可以重新回答。
erase-take-first = 您可以先带走一份：
erase-sure = 是的，删除我在这里写下的一切
erase-now = 全部删除
erase-leave = 保留
erase-unticked = 没有删除任何内容
erase-unticked-next = 如果确定，请勾选方框。
erase-done = 已经全部删除
erase-done-next = 您的回答已删除，私人链接不再有内容。
erase-done-again = 如果愿意，您可以重新回答：那是新的回答，与之前的无关。

### Going on with another device

later-offer = 换一台设备继续
later-offer-how = 我们把您写下的内容保留 30 天，并把链接寄给您。别人读不到；在您发送之前，它不计入任何结果。
later-address = 您的邮箱
later-send = 把链接寄给我
later-sent = 链接已经寄出
later-sent-next = 几分钟内就会收到，除非这个邮箱曾要求我们不再写信。之前寄出的、指向同一内容的链接不再有效。
later-unsent = 您的回答还没有发送：在这里或那里继续写都可以，写完后请发送。
later-opened = 这是您在 { $time } 之前写下的内容
later-no-address = 链接没有寄出
later-no-address-next = 这不是邮箱地址，邮箱形如 ada@example.org。
later-too-many = 链接没有寄出
later-too-many-next = 今天寄往这个邮箱、或关于这份表单的邮件已经够多。您的文字都在这里：可以继续写，或明天再试。
later-delete = 删除保留的内容
later-delete-what = 我们为这份表单保留的内容会被删除，邮件里的链接不再有效，这一页上的文字也一并丢弃。
later-delete-now = 立即删除
later-deleted = 已经删除
later-deleted-next = 您写下的内容没有保留，邮件里的链接不再有效。
later-none = 这个地址没有保留的内容
later-none-next = 内容可能已经发送、删除，或改用了更新邮件里的链接，也可能已过 30 天。如果您已经发送，请用私人链接打开。

### The article

article-answer = 回答问题
article-marked = 标出的句子就是问卷要问的内容。
article-original = 最初发表的地方
article-questions = 去看问卷
### Stopping mails

stop-title = 停止来信
stop-ask = 不再给 { $address } 写信吗？
stop-means = 确认后，我们不会再向这个地址发送邀请和提醒，无论是这份问卷还是别的问卷。您已经提交的回答不受影响。
stop-button = 不再给我写信
stop-keep = 如果想继续收信，关掉这个页面即可：目前什么都没有改变。
stop-done = 已停止来信
stop-done-means = 我们不会再向 { $address } 发送邀请和提醒。此刻正在寄出的邮件可能仍会送达。
stop-done-seat = 如果您在讨论中有座位，时间或地点有变动时仍会通知您。
stop-again-button = 重新给我写信
stop-again-done = 已恢复来信
stop-again-means = 我们又可以向 { $address } 发送邀请和提醒了。
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

## Thanks, and the brief

mail-thanks-subject = 谢谢您的回答：《{ $title }》
mail-thanks-opening = { $organizer } 感谢您就《{ $title }》说出自己的看法。您的回答已经收到，并且已计入结果。
mail-thanks-next = 接下来会把所有回答整理在一起。您什么都不用做。
mail-brief-subject = 大家怎么说：《{ $title }》
mail-brief-opening = { $organizer } 就《{ $title }》征求过大家的看法。简报用回答者自己的话，讲述大家说了些什么。
mail-brief-action = 阅读简报

## A mail that its organizer looks at first

mail-test-subject = 测试：{ $subject }
mail-test-note = 这是一封只寄给您的测试邮件。里面的链接会打开表单的预览，在那里什么都不能提交。

## Sign in

mail-forward-subject = { $name }的来信
mail-forward-opening = { $name }写信到了您发件所用的地址。直接回复本邮件，回信会寄给对方。
mail-forward-from = 寄信人
mail-forward-its-subject = 主题
mail-forward-about = 关于
mail-forward-action = 查看来信原文
mail-forward-why = 您收到这封邮件，因为您是组织者。来信原文在您的工作台保留 30 天。
mail-webhook-subject = “{ $title }”的一个 Webhook 已停用
mail-webhook-opening = 接收“{ $title }”动态的一个地址已有一天多没有应答，现在不再向它发送。未送达的内容会保留，您重新启用后再发出。
mail-webhook-address = 地址
mail-webhook-last = 最近一次尝试
mail-webhook-action = 查看
mail-webhook-why = 您收到这封邮件，因为您是组织者。
mail-sign-in-subject = 您的登录链接
mail-sign-in-opening = 这是您登录 Colloquy 的链接，{ $time }内有效，只能使用一次。
mail-sign-in-action = 登录
mail-sign-in-code = 也可以在索取邮件的页面上输入这些数字：{ $code }
mail-sign-in-stranger = 如果这不是您本人的操作，请不要点击链接，也不要把数字告诉任何人：没有它们，谁也无法登录。

mail-colleague-subject = { $name } 邀请您一起做“{ $title }”
mail-colleague-opening = { $name } 邀请您用 Colloquy 一起做问卷“{ $title }”。
mail-colleague-action = 查看邀请
mail-colleague-until = 链接仅供您本人使用，只能用一次，{ $date }（UTC）前有效。如果您不清楚这是什么，不用理会，什么也不会发生。
colleague-viewer = 作为查看者，您可以阅读问题、结果、简报和讨论，不作任何改动。
colleague-editor = 作为编辑者，您可以修改、发布、邀请和发送。
colleague-owner = 作为所有者，您可以做一切，并与其他所有者一起决定谁参与。

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
mail-seat-answer = 告诉我们您来不来
mail-seat-poll = 见面之前，先答一次简短的投票
mail-seat-leads = 打开主持人页面
mail-seat-summary = 讨论：《{ $title }》

## Seat cancelled

mail-times-subject = 您什么时候方便？“{ $title }”
mail-times-opening = { $organizer }想请您参加“{ $title }”的小组讨论。请告诉我们您哪些时间方便。
mail-times-action = 填写方便的时间
mail-times-hint = 只需一分钟：每个时间选“可以”“勉强可以”或“不行”。以后可以用同一个链接更改。
mail-seat-cancelled-subject = 讨论已取消：《{ $title }》
mail-seat-cancelled-opening = 很抱歉，您报名的《{ $title }》讨论无法按原计划进行。附件会将它从您的日历中移除。
mail-seat-cancelled-was = 原定时间
mail-seat-cancelled-left = 您退回了《{ $title }》讨论的座位。谢谢您告诉我们，这个座位可以留给别人了。附件会将它从您的日历中移除。
mail-seat-cancelled-moved = 您在《{ $title }》讨论中的座位换到了另一组，新的安排见另一封邮件。附件会将原来的安排从您的日历中移除。

## 见面前一天，和见面之后

mail-seat-reminder-subject = 快到了：《{ $title }》
mail-seat-reminder-opening = 您的小组将于{ $when }见面，讨论《{ $title }》。
mail-seat-reminder-about = 届时要聊的是：
mail-seat-reminder-answer = 我来不了了
mail-seat-after-subject = 谈得怎么样？《{ $title }》
mail-seat-after-opening = 您的小组已经见面讨论了《{ $title }》。谢谢您的参与。
mail-seat-after-poll = 您现在的看法变了，还是和之前一样？请再答一次同样的简短投票：只需一分钟，谁也不会知道是谁答的。
mail-seat-after-poll-action = 再答一次投票
mail-seat-after-echo = 各组谈到的内容会汇集成“回声”，发布之后，从您的页面就能看到。
mail-seat-after-page = 打开您的页面

## Links that readers ask for

mail-draft-subject = 继续写：《{ $title }》
mail-draft-opening = 您想换一台设备继续回答《{ $title }》。这个链接会打开问卷，您写过的内容都在里面。
mail-draft-action = 继续写
mail-draft-until = 内容保留到{ $date }，之后删除。在您发送之前，没有人会读到。
mail-draft-stranger = 如果这不是您本人的操作，可能是有人填错了邮箱，您什么都不用做。
mail-receipt-subject = 您的回答：《{ $title }》
mail-receipt-opening = 这是您对《{ $title }》的回答的私人链接。凭它可以查看、修改、带走和删除您的回答。
mail-receipt-action = 打开我的回答
mail-receipt-private = 拿到这个链接的人都能查看和修改您的回答，请不要转发这封邮件。
mail-why-own-link = 您收到这封邮件，是因为有人在页面上填写了您的邮箱，要求把链接寄来。邮箱不作他用。

## Footer

mail-why-asked = 您收到这封邮件，是因为您在{ $date }表示愿意收到 { $organizer } 的来信。
mail-why-agreed-on = 您收到这封邮件，是因为您在{ $date }同意接收 { $organizer } 的来信。
mail-why-agreed = 您收到这封邮件，是因为您同意接收 { $organizer } 的来信。
mail-why-from = 您的邮箱地址来自：{ $from }
mail-why-listed = 您收到这封邮件，是因为 { $organizer } 有您的邮箱地址，并觉得您可能愿意回答。
mail-why-invited = 您收到这封邮件，是因为 { $organizer } 曾邀请您回答。
mail-why-participant = 您收到这封邮件，是因为您表示愿意参加由 { $organizer } 组织的讨论。
mail-why-sign-in = 您收到这封邮件，是因为有人用您的邮箱地址登录 Colloquy。
mail-why-colleague = 您收到这封邮件，是因为上面提到的人填写了您的地址。
mail-no-tracking = 这封邮件不会追踪您：没有图片，也没有隐藏的计数。
mail-unsubscribe = 退订（Unsubscribe）

### The discussion and its guide

discussion-group = 第 { $number } 组
discussion-round = 第 { $number } 轮
discussion-title = 您的座位
discussion-lede = 时间：{ $when }。
discussion-lede-past = 讨论已于 { $when } 举行。
discussion-waiting = 暂时还没有您的座位
discussion-waiting-next = 一旦有适合您时间的小组，我们就写信给您。
discussion-left = 您已退回座位
discussion-left-next = 不会再有人等您了。如果还是想来，请在这里告诉我们：一有合适的空位，就留给您。
times-title = 您什么时候方便？
times-lede = 关于“{ $title }”的小组讨论。
times-lede-name = { $name }，关于“{ $title }”的小组讨论。
times-kept = 您的时间已保存，随时可以在这里更改。
times-none = 目前没有可选的时间。有新的时间，我们会写信给您。
times-action = 保存我的时间
discussion-unknown = 这个地址没有座位
discussion-unknown-next = 邮件里的私人链接容易断开：请检查是否复制了完整的链接，直到最后一个字符。
discussion-answer = 您来吗？
discussion-answer-none = 您还没有告诉我们。
discussion-answer-yes-said = 您说过会来。
discussion-answer-perhaps-said = 您说过也许会来。
discussion-answer-yes = 我来
discussion-answer-perhaps = 也许来
discussion-answer-no = 我来不了
discussion-answer-how = 见面之前随时可以更改。如果您来不了，座位会留给正在等候的人。您对问卷的回答保持不变。
discussion-come-after-all = 我还是想来
discussion-wait-no = 我不想再等座位了
poll-before = 见面之前：一次简短的投票
poll-before-how = 说说您现在怎么看这些说法。见面之后会再问一次同样的问题，这样就能看出谈话改变了什么。
poll-after = 见面之后：再投一次票
poll-after-how = 还是之前的那些说法。您现在的看法变了，还是和当时一样？两种答案都值得知道。
poll-answered = 您已经答过了，仍可更改。
poll-open = 去投票
poll-change = 更改我的回答
poll-send = 保存我的回答
poll-back = 回到我的小组
poll-kept = 您的回答已保存。
poll-private = 谁也不会知道您怎么答的：只公布各有多少人，而且只在至少五人前后都答过时才公布。
notes-keep = 保存记录
notes-kept = 记录已保存。
notes-both = 还有别人也在这里写了
notes-both-next = 您写的一字未丢，但还没有保存，就在下面的输入框里；别人写的在它上方。请把两份合在一起，再保存。
notes-theirs = 现在这里写的是：
guide-files = 带走这份指南
host-title = 您主持的小组
host-lede = 当天需要的都在这里：谁会来、附有主持提示的指南，还有写记录的地方。此页的链接只属于您。
host-none = 目前没有由您主持的小组。一有变化，我们会写信给您。
host-guide = 指南（附主持提示）
host-people = 谁到场了
host-people-how = 请勾选到场的人。只有组织者能看到，也不会问为什么。
host-unnamed = 未留姓名者（{ $number }）
host-comes = 会来
host-perhaps = 也许来
host-keep-there = 保存到场情况
host-there-kept = 到场情况已保存。
guide-title = { $group }讨论指南
guide-when = 时间
guide-where = 地点
guide-who = 成员
guide-agreements = 开始之前的约定
guide-agreement-listen = 保持好奇：先问清观点背后的缘由，再作回应。
guide-agreement-own = 只代表自己说话，尽量简短，让每个人都有机会。
guide-agreement-pass = 任何人随时可以跳过，不必说明理由。
guide-agreement-private = 谈话内容可以外传，是谁说的留在这里。
guide-opening = 开场
guide-opening-question = 您最近一次在自己的生活或工作中遇到与“{ $topic }”有关的事，是什么时候？先说发生了什么，暂不评论。
guide-opening-how = 先安静想一分钟，然后每人 { $minutes } 分钟，互不打断。
guide-agreed = 已有共识
guide-agreed-how = 除非有人现在想法不同，不必在这里花时间。
guide-shared = 各组共同讨论的问题
guide-shared-how = 先读读大家写下的话，再轮流说说：发生什么事会让您改变看法？
guide-differs = 这里你们看法不同
guide-differs-how = 先请每一方各说一位：背后是怎样的经历？多提问，少争辩，不必分出胜负。
guide-unanswered = 这里几乎没人有答案
guide-unanswered-how = 不知道也没关系。还需要哪些事实？谁可能知道？
guide-further = 文章提出的另一个问题
guide-further-how = 先读读大家写下的话：有哪些共同点？还缺少什么？
guide-votes = { $agree } 人同意，{ $disagree } 人不同意，{ $pass } 人跳过
guide-from-member = { $name }，本组成员
guide-from-unnamed-member = 本组一位成员
guide-from-outside = { $name }，不在本组
guide-from-unnamed-outside = 本组以外的一位读者
guide-closing = 收尾
guide-closing-how = 每人一句话，请一位记录：
guide-closing-meaning = 这次来，最值得的是什么？
guide-closing-ground = 现在我们哪些看法一致，哪些仍不一致？
guide-why = 谁在这里，为什么
guide-why-people = { $count } 位能在同一时间到场、能说同一种语言的人。
guide-why-mixed = 我们有意把不同的看法放在一起，让不同的经历坐到同一张桌旁。
guide-why-views = 我们有意把不同的看法放在一起：你们中有几位表过态的 { $voted } 条说法里，有 { $divided } 条你们分在两边。
guide-why-alike = 在你们中有几位表过态的说法上，你们站在同一边；背后的理由仍可能不同。
guide-host = 给主持人
guide-host-neutral = 您在场是为了让谈话顺利，不是为了表态：多提问，自己的答案留到收尾那一轮。
guide-host-turns = 让每个人说话的时间大致相同；问问没开口的人想不想说，也允许跳过。
guide-host-ask = 用自己的话复述您听到的意思；只有当约定被打破时才介入。
guide-host-roles = 请一位看时间，请一位记录。
guide-length = 时长
guide-host-name = 主持人
guide-time = 第 { $from } 至 { $to } 分钟
guide-agreement-ground = 找找共同点，也说清不同之处。
guide-agreement-true = 说真心话，也愿意重新想一想。
guide-differs-between = 你们中有人谈到“{ $first }”，也有人谈到“{ $second }”。
guide-divides = 这里大家看法不同
guide-divides-how = 读者分在两边。每一边背后可能是怎样的经历？多提问，少争辩。
guide-counted = 本组：{ $votes }。
guide-from-member-agrees = 本组一位同意的成员
guide-from-member-disagrees = 本组一位不同意的成员
guide-from-outside-agrees = 另一位同意的读者
guide-from-outside-disagrees = 另一位不同意的读者
guide-break = 休息
guide-facts = 有待核实
guide-facts-how = 这些是你们的回答中提出的问题或说法。查证之前，谈不上对错：谁来查？
guide-closing-next = 接下来该做什么？谁来走第一步？
guide-closing-poll = 最后，请各自用自己的链接再答一次简短的投票。
guide-notes = 记录
guide-notes-how = 记录会交给整理“回声”的人，回声人人可读。请写说了什么，不要写是谁说的。
note-alike = 你们看法一致之处
note-differ = 仍有分歧之处
note-changed = 有人现在看法不同了的地方
note-ask = 想问作者的问题
note-next = 下一步
guide-signed = 本指南由你们自己的回答写成。每句引文都是回答的原文，一字未改。

### 回声


echo-title = 回声
echo-link = 回声
echo-link-how = 讨论带来了什么
echo-kicker = 回声 · 发布于{ $day }
echo-kicker-draft = 回声 · 尚未发布
echo-met = { $people } 人在 { $groups } 个小组里见了面。以下是各组写下的内容，以及发生的变化。
echo-edited = 组织者改写
echo-alike = 大家看法一致之处
echo-differ = 仍有分歧之处
echo-changed = 有人现在看法不同了的地方
echo-ask = 想问作者的问题
echo-next = 下一步
echo-changes = 什么变了
echo-changes-how = 同样的说法，见面之前和之后各问一次。只统计前后都答过的人。
echo-answered = 前后都答过：{ $count } 人
echo-before = 之前
echo-after = 之后
echo-moved = { $pairs } 人中，{ $toward } 人更倾向同意，{ $away } 人更倾向不同意。
echo-untold = 另有 { $count } 条说法未在此公布：前后都答过的人太少，或者会透露少数人的看法。

### 简报

brief-people = { $count } 人
brief-few = 不到 { $least } 人
brief-few-of = { $of } 人中不到 { $least } 人
brief-nearly-all = { $of } 人中几乎所有人
brief-of = { $of } 人中有 { $count } 人（{ $percent }%）
brief-of-likely = { $of } 人中有 { $count } 人（{ $percent }%，估计在 { $low }% 至 { $high }% 之间）
brief-percent = { $percent }%
brief-cell = { $count }（{ $percent }%）
brief-cell-likely = { $low }%–{ $high }%
brief-untold = 少数
brief-some = 若干
brief-some-people = 若干人
brief-list = 、
brief-and = ，并且
brief-other = 其他
brief-head-answer = 回答
brief-head-people = 人数
brief-head-first = 排在第一
brief-head-likely = 总体估计
brief-head-points = 平均分数
brief-who = 谁回答了
brief-answered = { $who }回答了。
brief-answered-on = { $day }，{ $who }回答了问卷。
brief-answered-between = { $first }至{ $last }，{ $who }回答了问卷。
brief-invited = 受邀的 { $who }已经回答；其余的人至今没有回音。
brief-reach = 问卷被打开 { $opened } 次，有 { $begun } 份开始填写，{ $finished } 份已发送。
brief-opened = 问卷被打开 { $opened } 次。
brief-languages = 回答所用的语言：{ $languages }。
brief-language = { $language }（{ $number }）
brief-language-en = 英文
brief-language-zh = 中文
brief-joining = { $who }愿意参加讨论。
brief-all-examples = 这些回答都是虚构的，用来展示简报的样子。
brief-examples = 其中 { $count } 份回答是虚构的，用来展示简报的样子。
brief-late = { $who }在截止之后才回答，这里没有计入。
brief-too-few = 回答的不到 { $least } 人，人数太少，不予公布。
brief-theme = “{ $label }”：{ $who }
brief-minority = 少数人的看法
brief-minority-on = 针对“{ $prompt }”：
brief-unnamed-themes = 针对“{ $prompt }”，另有 { $themes } 种看法各不到 { $authors } 人，不一一列出。
brief-chose = { $who }作了选择：
brief-placed = { $who }在 1（“{ $low }”）到 { $points }（“{ $high }”）之间选择了自己的位置，居中的回答是 { $median }。
brief-shared = { $who }各自分配了 { $total } 分，平均如下：
brief-ranked = { $who }给各选项排了先后。按平均名次从高到低：
brief-number = { $who }填了一个数字，居中的是 { $middle }。
brief-number-range = { $who }填了一个数字，居中的是 { $middle }，其中一半落在 { $low } 与 { $high } 之间。
brief-agree = 看法一致的地方
brief-agree-with = { $who }同意：“{ $statement }”
brief-disagree-with = { $who }不同意：“{ $statement }”
brief-agree-nowhere = 没有哪一条说法是几乎所有人都看法一致的。
brief-differ = 看法不同的地方
brief-differ-on = “{ $statement }”：{ $agree } 人同意，{ $disagree } 人不同意。
brief-groups = 投票的人形成了 { $groups } 个意见群体，比偶然形成的更分明。
brief-no-groups = 没有意见群体：大家并没有分成阵营，即使是最分明的分法，单凭偶然也会出现。
brief-groups-too-few = 对足够多的说法投了票的人太少，还看不出意见群体；至少需要 { $needed } 人。
brief-group = { $letter } 组：{ $who }。
brief-group-stands = { $letter } 组：{ $who }，特点是{ $stands }。
brief-group-small = { $letter } 组不到 { $least } 人，他们的看法不予公布。
brief-stands-agree = 同意“{ $statement }”
brief-stands-disagree = 不同意“{ $statement }”
brief-stands-agree-share = 同意“{ $statement }”（组内 { $inside }，其他人 { $outside }）
brief-stands-disagree-share = 不同意“{ $statement }”（组内 { $inside }，其他人 { $outside }）
brief-unsure = 许多人答不上来的问题
brief-left-out = { $who }回答了“{ $prompt }”，其余的人略过了这一题。
brief-cannot-say = 对“{ $prompt }”，{ $who }说不上来。
brief-dont-know = 对“{ $prompt }”，{ $who }写的是不知道，或者没有谈到正题。
brief-passed = { $who }跳过了“{ $statement }”
brief-asked-back = { $who }反过来提出了问题。
brief-discuss = 可以谈什么
brief-discuss-behind = “{ $statement }”背后是什么？
brief-discuss-together = “{ $first }”与“{ $second }”如何兼顾？
brief-covers = 这份简报包括什么，没有包括什么
brief-in-a-theme = 写下文字的人当中，{ $who }至少属于一个主题。
brief-fits-no-theme = { $who }写的内容不属于任何主题，这里没有收入。
brief-says-nothing = { $who }只写了不知道，或者没有谈到正题。
brief-only-closed = { $who }没有写文字，只作了选择；他们已计入人数。
brief-not-quoted = { $who }不同意被引用：他们已计入人数，但这里没有他们的原话。
brief-read = 其中一题的回答非常多，从 { $of } 份中随机抽取了 { $read } 份阅读。
brief-how = 数字指的是人数；一个人可以属于几个主题。“估计”指的是：假如没有回答的人与回答的人相似，比例有 95% 的把握落在这个范围内。每一句引文都是回答的原文，一字未改，并得到了作者的同意。
brief-kicker = 简报，第 { $number } 版，{ $day }
brief-kicker-draft = 简报，草稿
brief-mark = 组织者的话
brief-own-words = 标有“{ $mark }”的句子由组织者撰写或改写，其余的句子由程序根据回答写成。
brief-withdrawn-since = 发布之后，有 { $count } 处引文被作者收回。
brief-quote-gone = 作者已收回这段话。
brief-example = 虚构示例
brief-example-by = { $name }（虚构示例）
brief-signed = 签名：{ $name }
brief-signed-on = 签名：{ $name }，{ $day }
brief-changes = 这一版的改动
brief-change = { $section }：{ $what }。
brief-change-new = 新增 { $count } 句
brief-change-changed = 改动 { $count } 句
brief-change-gone = 删去 { $count } 句
brief-change-quotes = 新增引文 { $count } 处
brief-link = 结果：简报
brief-link-how = 用几页篇幅了解大家的看法
brief-form = 前往问卷
brief-files = 下载简报
brief-file-pdf-a4 = PDF，A4
brief-file-pdf-letter = PDF，Letter
brief-file-html = 单个 HTML 文件
brief-file-md = Markdown
brief-file-json = 数据（JSON）
brief-versions = 所有版本
brief-version = 第 { $number } 版，{ $day }
brief-version-latest = 已有更新的版本。
brief-version-latest-link = 阅读最新版
brief-pdf-failed = 没能生成 PDF
brief-pdf-failed-next = 请直接打印网页，版面适合纸张。
