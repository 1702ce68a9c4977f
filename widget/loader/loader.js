// The launcher of one channel. The worker serves it at /w/<channel>.js with the channel's settings in the place of
// "__CONFIG__"; the build puts in __WIDGET_JS__, __WIDGET_WASM__ and __FRAME_JS__, addresses on this script's origin.
// Nothing is requested or stored before somebody comes near the launcher.
((config) => {
  const script = document.currentScript;
  if (!script) return;
  const { origin } = new URL(script.src);
  // A page may set `Guichet = []` and push calls before the loader is there.
  const before = window.Guichet;
  const guichet = (window.Guichet = before?.channels ? before : hub());
  const { channels } = guichet;
  const { channel } = config;
  const { dataset } = script;
  const position = dataset.position || config.position;
  const locale = dataset.locale || document.documentElement.lang || navigator.language || "en";
  // The app brings the words of every language; here stand those that are needed before it, or without it.
  const label = { ar: "محادثة", fr: "Discussion", he: "צ׳אט", ja: "チャット", zh: "对话" }[locale.slice(0, 2)] || "Chat";

  (channels[channel] ||= { boot }).boot();
  if (before !== guichet) before?.forEach?.(guichet.push);

  // Puts the channel on the page, unless it is there.
  function boot() {
    if (channels[channel].open) return;
    const host = document.createElement("guichet-chat");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css());
    root.adoptedStyleSheets = [sheet];

    const launcher = element("button", "launcher", { "aria-haspopup": "dialog" });
    const badge = element("span", "badge", { "aria-hidden": "true" });
    const note = element("p", "note", { role: "alert" });
    const box = element("div", "", { class: position });
    launcher.append(icon(), badge);
    root.append(launcher, note, box);

    let app; // Opens and closes the panel, once the app is there.
    let loading;
    let wanted;
    let opened;
    let counted = 0;
    let token; // What vouches for the visitor; null once nothing does any more.
    let back; // What had the keyboard before the panel.
    let away = dataset.launcher === "hidden";
    let over;

    for (const intent of ["pointerenter", "focus", "touchstart"]) {
      launcher.addEventListener(intent, load, { passive: true });
    }
    launcher.onclick = () => want(true);
    launcher.onblur = ({ relatedTarget }) => note.contains(relatedTarget) || tell();
    note.onmousedown = () => false; // The launcher keeps the keyboard, and the note stays.
    report(false, 0);
    tell();
    document.documentElement.append(host);
    if (keeps("open")) (window.requestIdleCallback || setTimeout)(load);

    channels[channel] = {
      boot,
      open: () => want(true),
      close: () => want(false),
      toggle: () => want(!(app ? opened : wanted)),
      show: () => hide(false),
      hide: () => hide(true),
      identify(value) {
        token = value;
        if (app) app("identify", token);
        else if (!token && keeps("~")) load();
      },
      shutdown() {
        over = true;
        app?.("shutdown");
        host.remove();
        channels[channel] = { boot };
      },
    };

    // Whether something is stored under a name that begins so.
    function keeps(name) {
      try {
        return Object.keys(localStorage).some((key) => key.startsWith(`guichet.${channel}.${name}`));
      } catch {
        return false;
      }
    }

    function want(open) {
      wanted = open;
      tell();
      if (!opened) back = document.activeElement;
      if (app) app(open);
      else if (open) load();
      launcher.classList.toggle("busy", open && !app);
    }

    function hide(on) {
      away = on;
      launcher.hidden = on || opened;
    }

    function load() {
      if (over) return;
      // Both at once: one after the other they would take two round trips.
      loading ||= Promise.all([import(origin + __WIDGET_JS__), fetch(origin + __WIDGET_WASM__)])
        .then(([app, module_or_path]) => app.default({ module_or_path, locale }).then(() => app))
        .catch((error) => {
          // Where WebAssembly is forbidden, or missing, the channel's own page is framed, once somebody wants it.
          if (wanted && /^Co|^Ref/.test(error.name)) return import(origin + __FRAME_JS__);
          throw error;
        })
        .then(({ mount }) => {
          if (over) return;
          app = mount(box, JSON.stringify(config), origin, locale, report, failed);
          emit("ready");
          if (token !== undefined) app("identify", token);
          if (wanted) app(true);
        })
        .catch(() =>
          failed(
            /^fr\b/i.test(locale)
              ? "La discussion ne s’ouvre pas. Vérifiez votre connexion."
              : "The chat cannot open. Check your connection.",
          ),
        )
        .finally(() => launcher.classList.remove("busy"));
    }

    function failed(...said) {
      app = loading = undefined;
      if (!wanted) return;
      wanted = false;
      tell(...said);
      emit("error");
    }

    // The app tells whether its panel is open, and how many messages nobody has read; or something else that happened.
    function report(open, unread, said) {
      if (open.big) return emit(open, unread);
      const was = opened;
      opened = open;
      launcher.hidden = away || open;
      launcher.setAttribute("aria-label", unread ? `${label}, ${said}` : label);
      launcher.setAttribute("aria-expanded", open);
      badge.hidden = !unread;
      badge.textContent = unread > 9 ? "9+" : unread;
      if (unread !== counted) emit("unread", (counted = unread));
      if (open === !!was) return;
      if (was) (away ? back : launcher).focus();
      emit(open ? "open" : "close");
    }

    function emit(name, value) {
      guichet.emit(name, value, channel);
    }

    function tell(...said) {
      note.hidden = !said[0];
      note.replaceChildren(...said);
    }
  }

  function element(name, part, attributes) {
    const made = document.createElement(name);
    made.part = made.dataset.g = part;
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    return made;
  }

  function icon() {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    path.setAttribute("d", "M6 4h12q3 0 3 3v7q0 3-3 3h-7l-4 4v-4H6q-3 0-3-3V7q0-3 3-3zM8 9h8M8 12.5h5");
    svg.append(path);
    return svg;
  }

  // Whatever the page's own rules say must not reach the launcher, hence !important where the host itself is meant.
  function css() {
    const place = Object.keys(channels).indexOf(channel);
    return `:host{all:initial!important;display:contents!important;color-scheme:light dark!important}
${config.palette}
[hidden]{display:none!important}
[data-g=launcher]{position:fixed;z-index:var(--g-z,2147483000);inset-inline-${position}:calc(var(--g-x,max(20px,env(safe-area-inset-right))) + ${place * 72}px);bottom:var(--g-y,max(20px,env(safe-area-inset-bottom)));width:56px;height:56px;padding:0;border:2px solid #0000;border-radius:50%;cursor:pointer;color:var(--g-on-accent);background:var(--g-accent);box-shadow:0 0 0 1px #8883,0 8px 24px #0003}
:focus-visible{outline:3px solid var(--g-accent);outline-offset:3px}
[data-g=launcher] svg{display:block;margin:auto;width:28px;height:28px;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
.busy svg{opacity:.5}
[data-g=note]{position:fixed;z-index:var(--g-z,2147483000);inset-inline-${position}:20px;bottom:84px;max-width:248px;padding:16px;border-radius:16px;background:Canvas;color:CanvasText;font:15px/1.45 system-ui,sans-serif;box-shadow:0 0 0 1px #8883,0 8px 24px #0003}
@media print{[data-g=launcher]{display:none}}`;
  }

  // What all channels of a page share.
  function hub() {
    const channels = {};
    const events = new EventTarget();
    const first = () => Object.keys(channels)[0];
    const hub = {
      channels,
      identify: (token, which = first()) => channels[which]?.identify?.(token),
      // What a callback throws is reported by the browser, and stops nothing.
      on(name, callback) {
        const heard = ({ detail }) => callback(...detail);
        events.addEventListener(name, heard);
        return () => events.removeEventListener(name, heard);
      },
      emit: (name, ...detail) => queueMicrotask(() => events.dispatchEvent(new CustomEvent(name, { detail }))),
      push: ([name, ...rest]) => hub[name](...rest),
    };
    for (const name of ["boot", "shutdown", "open", "close", "toggle", "show", "hide"]) {
      hub[name] = (which = first()) => channels[which]?.[name]?.();
    }
    return hub;
  }
})("__CONFIG__");
