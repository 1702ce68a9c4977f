// What `window.Guichet` is once the tag of a channel has loaded. Copy this file into your project, or see docs/embedding.md.

/** A message that somebody else than the visitor has just written. */
export interface GuichetMessage {
  /** Its number in the visitor's conversation. */
  id: number;
  from: "operator" | "channel";
  text: string;
}

/** Each callback also learns which channel it is about. */
export interface GuichetEvents {
  /** The app has been loaded. */
  ready: (value: undefined, channel: string) => void;
  open: (value: undefined, channel: string) => void;
  close: (value: undefined, channel: string) => void;
  /** How many messages the visitor has not read. */
  unread: (count: number, channel: string) => void;
  message: (message: GuichetMessage, channel: string) => void;
  session: (session: { state: "none" | "waiting" | "active" | "closing" | "ended" }, channel: string) => void;
  /** The chat was wanted and could not be opened. */
  error: (value: undefined, channel: string) => void;
}

/** Without a channel, the first one on the page is meant. */
export interface GuichetMethods {
  /** Puts a channel whose tag has loaded back on the page. Nothing happens if it is there. */
  boot(channel?: string): void;
  /** Takes a channel off the page: its launcher, its panel, its connection. */
  shutdown(channel?: string): void;
  open(channel?: string): void;
  close(channel?: string): void;
  toggle(channel?: string): void;
  /** Shows the launcher. */
  show(channel?: string): void;
  /** Hides the launcher; the panel still opens with `open`. */
  hide(channel?: string): void;
  /** The token by which your site vouches for the visitor; null once they have signed out. */
  identify(token: string | null, channel?: string): void;
}

export type GuichetCall = {
  [Name in keyof GuichetMethods]: [Name, ...Parameters<GuichetMethods[Name]>];
}[keyof GuichetMethods];

/** Before the tag has loaded, calls wait in an array. */
export interface GuichetQueue {
  push<Name extends keyof GuichetEvents>(call: ["on", Name, GuichetEvents[Name]]): unknown;
  push(call: GuichetCall): unknown;
}

export interface GuichetApi extends GuichetMethods, GuichetQueue {
  /** Calls back at each event; the answer ends that. */
  on<Name extends keyof GuichetEvents>(name: Name, callback: GuichetEvents[Name]): () => void;
}

declare global {
  interface Window {
    Guichet?: GuichetApi | GuichetQueue;
  }
}
