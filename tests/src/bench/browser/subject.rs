//! The chats that are measured, as their documents say that a page embeds them.

/// A chat for a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Guichet,
    RocketChat,
    DeepChat,
}

/// How a visitor gets from a page that is quiet to a composer that has the keyboard, as two scripts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    /// Whether the chat is on the page before.
    pub(super) embedded: bool,
    /// Gives the element that is clicked.
    pub(super) clicked: &'static str,
    /// Whether the composer has the keyboard now.
    pub(super) focused: &'static str,
}

const GUICHET: Steps = Steps {
    embedded: true,
    clicked: "document.querySelector('guichet-chat').shadowRoot.querySelector('[data-g=launcher]')",
    focused: "document.querySelector('guichet-chat').shadowRoot.activeElement?.matches('[data-g=composer]')",
};

/// It has no launcher: a button of the page brings it in, and gives the field the keyboard as soon as it is there.
const DEEP_CHAT: Steps = Steps {
    embedded: false,
    clicked: "document.getElementById('chat')",
    focused: "(() => {
        const field = document.querySelector('deep-chat')?.shadowRoot?.getElementById('text-input');
        field?.focus();
        return field && field.getRootNode().activeElement === field;
    })()",
};

impl Subject {
    /// The lines that a page has of it; `edge` is the origin that serves it.
    pub(super) fn embedded(self, edge: &str) -> String {
        match self {
            Self::Guichet => format!("<script src=\"{edge}/w/demo.js\" async></script>"),
            Self::RocketChat => format!(
                "<script>(function (w, d, s, u) {{
                    w.RocketChat = function (c) {{ w.RocketChat._.push(c) }};
                    w.RocketChat._ = []; w.RocketChat.url = u;
                    const h = d.getElementsByTagName(s)[0], j = d.createElement(s);
                    j.async = true; j.src = `${{u}}/rocketchat-livechat.min.js`;
                    h.parentNode.insertBefore(j, h);
                }})(window, document, 'script', '{edge}/livechat');</script>"
            ),
            Self::DeepChat => format!(
                "<script type=\"module\" src=\"{edge}/deep-chat/deepChat.bundle.js\"></script>\
                 <deep-chat demo=\"true\"></deep-chat>"
            ),
        }
    }

    /// What it adds to the page when it is there, or null.
    pub(super) const fn element(self) -> &'static str {
        match self {
            Self::Guichet => {
                "(document.querySelector('guichet-chat')?.shadowRoot.querySelector('[data-g=launcher]') ?? null)"
            }
            Self::RocketChat => "document.querySelector('iframe[src$=\"/livechat\"]')",
            Self::DeepChat => {
                "(document.querySelector('deep-chat')?.shadowRoot?.getElementById('text-input') ?? null)"
            }
        }
    }

    /// The way to its composer. Rocket.Chat's shows one only when its server answers.
    pub(super) const fn steps(self) -> Option<Steps> {
        match self {
            Self::Guichet => Some(GUICHET),
            Self::RocketChat => None,
            Self::DeepChat => Some(DEEP_CHAT),
        }
    }

    /// The page that embeds it; without it, the same page with a button that brings it in.
    pub(super) fn page(self, edge: &str, embedded: bool) -> String {
        let chat = self.embedded(edge);
        let chat = if embedded {
            chat
        } else {
            // A script that is parsed into a template does not run; one that is made does.
            format!(
                "<button id=\"chat\">Chat</button><template id=\"lines\">{chat}</template><script>
                document.getElementById('chat').onclick = () => {{
                    for (const part of document.getElementById('lines').content.children) {{
                        const made = document.createElement(part.localName);
                        for (const {{ name, value }} of part.attributes) made.setAttribute(name, value);
                        document.body.append(made);
                    }}
                }};</script>"
            )
        };
        format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>A page</title>\
             <link rel=\"icon\" href=\"data:,\">
             <script>
             window.longTasks = 0;
             new PerformanceObserver((list) => {{
                 for (const task of list.getEntries()) window.longTasks += task.duration;
             }}).observe({{ type: 'longtask', buffered: true }});
             </script>\
             <body><h1>A page</h1><p>With a chat.</p>{chat}</body></html>"
        )
    }
}
