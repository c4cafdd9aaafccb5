// Reads of a page that several tests share; each runs inside the page.

/** What can be pressed, typed in or followed, with its size: everything smaller than `least`. */
export function smallTargets(page, least = 24) {
  return page.evaluate((least) => {
    const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const found = [];
    for (const element of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], [role=button]")) {
      if (!shown(element) || element.closest(".vh, [aria-hidden=true], [inert]")) continue;
      // A tick is pressed by its label as well: together they are the target.
      const label = element.labels?.[0];
      const boxes = [element, label].filter(Boolean).map((each) => each.getBoundingClientRect());
      const width = Math.max(...boxes.map((box) => box.width));
      const height = Math.max(...boxes.map((box) => box.height));
      // What cannot be seen until it has the focus is measured when it has it.
      if (width <= 1 || height <= 1 || boxes[0].right < 0 || boxes[0].bottom < 0) continue;
      // In a sentence, the line decides (the exception of 2.5.8).
      const around = element.closest("p, li, dd, td, legend, label, h1, h2, h3");
      const inText = element.matches("a") && around && around.textContent.trim().length > element.textContent.trim().length;
      if ((width < least || height < least) && !inText) {
        found.push(`${Math.round(width)}x${Math.round(height)} ${element.outerHTML.slice(0, 120)}`);
      }
    }
    return found;
  }, least);
}

/** Whether the element with the focus, or its label, can be seen and pressed where it stands. */
export function focusHidden(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return "";
    const label = element.labels?.[0];
    const seen = [element, label].filter(Boolean).some((each) => {
      const box = each.getBoundingClientRect();
      if (!box.width || !box.height) return false;
      const left = Math.max(box.left, 0);
      const right = Math.min(box.right, innerWidth);
      const top = Math.max(box.top, 0);
      const bottom = Math.min(box.bottom, innerHeight);
      if (right <= left || bottom <= top) return false;
      // A grid of points: one that is not covered by something else is enough for 2.4.11.
      for (let x = 1; x < 10; x += 2) {
        for (let y = 1; y < 10; y += 2) {
          const at = document.elementFromPoint(left + ((right - left) * x) / 10, top + ((bottom - top) * y) / 10);
          if (at && (each.contains(at) || at.contains(each) || element.labels?.[0]?.contains(at))) return true;
        }
      }
      return false;
    });
    return seen ? "" : element.outerHTML.slice(0, 160);
  });
}

/** What judges colours, put into the page for the two below. */
function colours() {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((channel, i) => (channel * a + under[i] * (255 - a)) / 255);
  const light = (colour) => {
    const [r, g, b] = colour.map((channel) => channel / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  /** What lies behind an element. */
  const behind = (element) => {
    const chain = [];
    for (let each = element; each; each = each.parentElement) chain.unshift(each);
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    return chain.reduce((colour, each) => over(rgba(getComputedStyle(each).backgroundColor), colour), dark ? [18, 18, 18] : [255, 255, 255]);
  };
  /** The contrast of a colour on a ground, as WCAG defines it. */
  const contrast = (colour, ground) => {
    const [a, b] = [light(over(rgba(colour), ground)), light(ground)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  return { behind, contrast };
}

/** Controls whose edge, ground or words do not stand out: contrast below `least`. */
export function faintEdges(page, least = 3) {
  return page.evaluate(
    ([source, least]) => {
      const { behind, contrast } = new Function(`return (${source})()`)();
      const found = [];
      for (const element of document.querySelectorAll("textarea, input:not([type=hidden]), select, button")) {
        if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest(".vh")) continue;
        const style = getComputedStyle(element);
        // The browser's own ticks are the browser's matter.
        if (/^(radio|checkbox|range)$/.test(element.type) && style.appearance !== "none") continue;
        const edges = ["Top", "Bottom"].filter((side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none");
        const shown = [...edges.map((side) => style[`border${side}Color`]), style.backgroundColor];
        // A button is known by its words, too.
        if (element.matches("button")) shown.push(style.color);
        const ground = behind(element.parentElement);
        const best = Math.max(...shown.map((colour) => contrast(colour, ground)));
        if (best < least) found.push(`${best.toFixed(2)}: ${element.outerHTML.slice(0, 140)}`);
      }
      return found;
    },
    [colours.toString(), least],
  );
}

/** Why the focus is hard to see where it is; nothing, if it is not. */
export function faintFocus(page, least = 3) {
  return page.evaluate(
    ([source, least]) => {
      const { behind, contrast } = new Function(`return (${source})()`)();
      const element = document.activeElement;
      // A heading that a script led to is where to read on, not what to press.
      if (!element || element === document.body || element.tabIndex < 0) return "";
      // A hidden tick may show its focus on its label or on what it stands before.
      const shows = [element, ...(element.labels ?? []), element.parentElement, element.nextElementSibling].filter(Boolean);
      const best = Math.max(
        ...shows.map((each) => {
          const style = getComputedStyle(each);
          if (parseFloat(style.outlineWidth) < 2 || style.outlineStyle === "none") return 0;
          return style.outlineStyle === "auto" ? 21 : contrast(style.outlineColor, behind(each.parentElement));
        }),
      );
      return best >= least ? "" : `focus ${best.toFixed(2)}: ${element.outerHTML.slice(0, 140)}`;
    },
    [colours.toString(), least],
  );
}

/** Text in one language inside an element that says another: English words and Chinese characters. */
export function wrongLanguage(page) {
  return page.evaluate(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const holder = node.parentElement;
      // What people wrote, names and addresses are in whatever language they are in.
      if (holder.closest("textarea, script, bdi, dd, blockquote, .code, [data-own], address") || /https?:|@/.test(node.data)) continue;
      const lang = holder.closest("[lang]")?.lang ?? "";
      const chinese = /\p{Script=Han}/u.test(node.data);
      const english = !chinese && /[A-Za-z]{2,}\s+[A-Za-z]{2,}\s+[A-Za-z]{2,}/.test(node.data);
      if ((chinese && !lang.startsWith("zh")) || (english && lang.startsWith("zh"))) found.push(`${lang}: ${node.data.trim().slice(0, 60)} in ${holder.outerHTML.slice(0, 100)}`);
    }
    return found;
  });
}

/** What is cut off when letters, words and lines stand as far apart as 1.4.12 says, or are twice as large. */
export async function cutOff(page, rules) {
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, rules);
  const found = await page.evaluate(() => {
    const cut = [];
    for (const element of document.querySelectorAll("body *")) {
      if (!element.checkVisibility() || element.closest(".vh, svg, textarea, .skip") || !element.textContent.trim()) continue;
      const style = getComputedStyle(element);
      const clips = (way) => /hidden|clip/.test(way);
      const high = clips(style.overflowY) && element.scrollHeight > element.clientHeight + 2;
      const wide = clips(style.overflowX) && element.scrollWidth > element.clientWidth + 2;
      if (high || wide) cut.push(element.outerHTML.slice(0, 140));
    }
    return cut;
  });
  const wide = await page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const over = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} pixels wide: ${over.slice(-2).map((each) => each.outerHTML.slice(0, 120)).join(" | ")}`];
  });
  found.push(...wide);
  await page.evaluate(() => (document.adoptedStyleSheets = []));
  return found;
}

/** What moves although the reader asked for less of it. */
export function moving(page) {
  return page.evaluate(() => {
    const long = (times) => times.split(",").some((time) => parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000) > 20);
    return [...document.querySelectorAll("*")]
      .filter((element) => {
        const style = getComputedStyle(element);
        return long(style.transitionDuration) || (style.animationName !== "none" && long(style.animationDuration)) || style.scrollBehavior === "smooth";
      })
      .map((element) => element.outerHTML.slice(0, 100));
  });
}
