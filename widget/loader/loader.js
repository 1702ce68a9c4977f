// The launcher of one channel. The worker serves it at /w/<channel>.js with the channel's settings in the place of
// "__CONFIG__"; the build puts in __WIDGET_JS__, __WIDGET_WASM__ and __FRAME_JS__, addresses on this script's origin.
// Nothing is requested or stored before somebody comes near the launcher.
((config) => {
  const script = document.currentScript;
  if (!script) return;
  const { origin } = new URL(script.src);
  const guichet = hub();
  const { channel } = config;
  if (guichet.channels[channel]) return;

  const locale = document.documentElement.lang || navigator.language || "en";
  // The app brings the words of every language; here stand those that are needed before it, or without it.
  const label = { ar: "محادثة", fr: "Discussion", he: "צ׳אט", ja: "チャット", zh: "对话" }[locale.slice(0, 2)] || "Chat";
  const words = /^fr\b/i.test(locale)
    ? {
        refused: "La discussion ne peut pas s’ouvrir sur cette page.",
        elsewhere: "L’ouvrir dans sa propre fenêtre",
        unreachable: "La discussion n’a pas pu s’ouvrir. Vérifiez votre connexion.",
      }
    : {
        refused: "The chat cannot open on this page.",
        elsewhere: "Open it in a window of its own",
        unreachable: "The chat could not be opened. Check your connection.",
      };

  const host = document.createElement("guichet-chat");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css());
  root.adoptedStyleSheets = [sheet];

  const launcher = element("button", { type: "button", "data-g": "launcher", "aria-haspopup": "dialog" });
  const badge = element("span", { "data-g": "badge", "aria-hidden": "true" });
  const note = element("p", { "data-g": "note", role: "alert" });
  const box = element("div", { class: config.position });
  launcher.append(icon(), badge);
  root.append(launcher, note, box);

  let app; // Opens and closes the panel, once the app is there.
  let loading;
  let wanted = false;
  let opened = false;

  guichet.channels[channel] = {
    open: () => want(true),
    close: () => want(false),
    toggle: () => want(!(app ? opened : wanted)),
  };
  for (const intent of ["pointerenter", "focus", "touchstart"]) {
    launcher.addEventListener(intent, load, { passive: true });
  }
  launcher.onclick = () => want(true);
  launcher.onblur = ({ relatedTarget }) => note.contains(relatedTarget) || tell("");
  note.onmousedown = () => false; // The launcher keeps the keyboard, and the note stays.
  report(false, 0);
  tell("");
  if (document.body) appear();
  else addEventListener("DOMContentLoaded", appear);
  guichet.flush();

  function appear() {
    document.documentElement.append(host);
    if (isSessionOpen()) (window.requestIdleCallback || setTimeout)(load);
  }

  function isSessionOpen() {
    try {
      return localStorage.getItem(`guichet.${channel}.open`) !== null;
    } catch {
      return false;
    }
  }

  function want(open) {
    wanted = open;
    tell("");
    if (app) app(open);
    else if (open) load();
    launcher.classList.toggle("busy", wanted && !app);
  }

  function load() {
    loading ||= module(guichet.modules, origin + __WIDGET_JS__, origin + __WIDGET_WASM__)
      .catch((error) => {
        // Where the page forbids WebAssembly the channel's own page is framed, once somebody wants it.
        if (wanted && window.WebAssembly && error instanceof WebAssembly.CompileError) return import(origin + __FRAME_JS__);
        throw error;
      })
      .then(({ mount }) => {
        app = mount(box, JSON.stringify(config), origin, locale, report, failed);
        if (wanted) app(true);
      })
      .catch(failed)
      .finally(() => launcher.classList.remove("busy"));
  }

  // Without an error it is the page that forbids it.
  function failed(error) {
    app = loading = undefined;
    if (!wanted) return;
    wanted = false;
    if (error && window.WebAssembly) return tell(words.unreachable);
    tell(words.refused + " ");
    const elsewhere = element("a", { href: `${origin}/c/${channel}`, target: "_blank", rel: "noopener" });
    elsewhere.textContent = words.elsewhere;
    note.append(elsewhere);
  }

  // The app tells whether its panel is open, and how many messages nobody has read.
  function report(open, unread, said) {
    const closed = opened && !open;
    opened = open;
    launcher.hidden = open;
    launcher.setAttribute("aria-label", unread ? `${label}, ${said}` : label);
    launcher.setAttribute("aria-expanded", open);
    badge.hidden = !unread;
    badge.textContent = unread > 9 ? "9+" : unread;
    if (closed) launcher.focus();
  }

  function tell(text) {
    note.hidden = !text;
    note.textContent = text;
  }

  function element(name, attributes) {
    const made = document.createElement(name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    return made;
  }

  function icon() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute(
      "d",
      "M12 3.5c-5 0-9 3.3-9 7.5 0 2.3 1.2 4.3 3.1 5.7-.1 1.2-.6 2.3-1.5 3.2-.2.3 0 .7.4.6 2-.2 3.7-1 4.9-2 .7.1 1.4.2 2.1.2 5 0 9-3.3 9-7.6s-4-7.6-9-7.600ZM8 9.8h8M8 13h5",
    );
    svg.append(path);
    return svg;
  }

  // Whatever the page's own rules say must not reach the launcher, hence !important where the host itself is meant.
  function css() {
    const side = config.position === "start" ? "inset-inline-start" : "inset-inline-end";
    const place = document.querySelectorAll("guichet-chat").length;
    return `:host{all:initial!important;display:contents!important;color-scheme:light dark!important}
${config.palette}
[hidden]{display:none!important}
[data-g=launcher]{position:fixed;z-index:2147483000;${side}:calc(max(20px,env(safe-area-inset-right)) + ${place * 72}px);bottom:max(20px,env(safe-area-inset-bottom));width:56px;height:56px;padding:0;border:0;border-radius:50%;cursor:pointer;color:var(--g-on-accent);background:var(--g-accent);box-shadow:0 0 0 1px #8883,0 8px 24px #0003}
:focus-visible{outline:3px solid var(--g-accent);outline-offset:3px}
[data-g=launcher] svg{display:block;margin:auto;width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
.busy svg{opacity:.5}
[data-g=badge]{position:absolute;top:-4px;inset-inline-end:-4px;min-width:22px;box-sizing:border-box;padding:0 6px;border:2px solid Canvas;border-radius:99px;background:#b3261e;color:#fff;font:600 13px/18px system-ui,sans-serif;text-align:center}
[data-g=note] a{color:inherit}
[data-g=note]{position:fixed;z-index:2147483000;${side}:20px;bottom:84px;max-width:248px;padding:16px;border-radius:16px;background:Canvas;color:CanvasText;font:15px/1.45 system-ui,sans-serif;box-shadow:0 0 0 1px #8883,0 8px 24px #0003}
@media(forced-colors:active){[data-g=launcher]{border:2px solid}}
@media print{[data-g=launcher]{display:none}}`;
  }

  // What all channels of a page share. A page may set `Guichet = []` and push calls before the loader is there.
  function hub() {
    const before = window.Guichet;
    if (before && before.channels) return before;
    const calls = Array.isArray(before) ? before : [];
    const channels = {};
    const hub = { channels, modules: {} };
    for (const name of ["open", "close", "toggle"]) {
      hub[name] = (which = Object.keys(channels)[0]) => channels[which]?.[name]();
    }
    hub.push = ([name, ...rest]) => hub[name](...rest);
    hub.flush = () => calls.splice(0).forEach(hub.push);
    return (window.Guichet = hub);
  }

  // One download and one instance, however many channels.
  function module(modules, js, wasm) {
    modules[js] ||= import(js)
      .then((app) => app.default({ module_or_path: wasm }).then(() => app))
      .catch((error) => {
        delete modules[js];
        throw error;
      });
    return modules[js];
  }
})("__CONFIG__");
