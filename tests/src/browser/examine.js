// What is wrong with the widget as it is on screen, in words. `least` is the smallest that a target may be.
const [least] = arguments;
const root = document.querySelector("guichet-chat").shadowRoot;
const faults = [];
const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
const all = [...root.querySelectorAll("*")].filter((e) => shown(e) && !e.closest("svg *"));
const called = (e) => `<${e.localName} ${e.dataset.g ?? ""} .${e.getAttribute("class") ?? ""} "${(e.innerText ?? "").slice(0, 24)}">`;
const fault = (e, words) => faults.push(`${called(e)} ${words}`);
const log = root.querySelector(".log");
const scrolled = log?.scrollTop;

// Whatever one may press, or write into, can be reached, and is large enough.
for (const target of all.filter((e) => e.matches("button, input, textarea, a"))) {
  target.scrollIntoView({ block: "center", inline: "nearest" });
  const box = target.getBoundingClientRect();
  const size = `${box.width} × ${box.height}`;
  const hit = root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (!hit || !(target.contains(hit) || hit.contains(target))) fault(target, `is covered or cut off, by ${hit ? called(hit) : "the window"}`);
  if (target.localName !== "a" && Math.min(box.width, box.height) < least) fault(target, `is too small: ${size}`);
  if (target.matches("input:not([type=checkbox]), textarea") && parseFloat(getComputedStyle(target).fontSize) < 16) fault(target, "makes phones zoom into it");
  if (target.localName === "button" && target.closest(".panel") && target.scrollWidth > target.clientWidth + 1) fault(target, "is too narrow for its words");
}
if (log) log.scrollTop = scrolled;

const panel = root.querySelector(".panel:not([hidden])");
if (panel) {
  const outer = panel.getBoundingClientRect();
  if (outer.left < 0 || outer.top < 0 || outer.right > innerWidth || outer.bottom > innerHeight) fault(panel, "is larger than the window");
  for (const e of all.filter((e) => panel.contains(e))) {
    const style = getComputedStyle(e);
    if (style.clipPath !== "none") continue; // It is for the ear alone.
    const box = e.getBoundingClientRect();
    if (box.left < outer.left - 0.5 || box.right > outer.right + 0.5) fault(e, "stands out of the panel");
    if (style.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1) fault(e, "is cut, or scrolls sideways");
    if (/hidden|clip/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 1) fault(e, "is cut at its end");
    if (e.localName !== "textarea" && /auto|scroll/.test(style.overflowY) && e.clientHeight < 24) fault(e, `has no room: ${e.clientHeight}`);
  }
  const parts = [...panel.children].filter((e) => shown(e) && getComputedStyle(e).clipPath === "none");
  parts.slice(1).forEach((part, before) => {
    const edge = parts[before].getBoundingClientRect().bottom;
    if (part.getBoundingClientRect().top < edge - 0.5) fault(part, `overlaps ${called(parts[before])}`);
  });
}
return faults;
