//! The demo page, served from another origin than the worker's under its own strict policy, as a company's site would be.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;
use xtask::{files, paths};

/// How long a browser may hold a connection on which it says nothing.
const IDLE: Duration = Duration::from_secs(10);

/// A site that embeds the widget. It is served until the process ends.
#[derive(Debug)]
pub struct Shop {
    origin: String,
    reports: Arc<Mutex<Vec<String>>>,
    written: Written,
}

/// Pages that a test has written, by their paths: their type, and what is in them.
type Written = Arc<Mutex<BTreeMap<String, (&'static str, String)>>>;

struct Page {
    html: String,
    policy: String,
}

/// What the policy of the shop lets the widget do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lets {
    /// Run as it is meant to.
    Run,
    /// Be framed, without WebAssembly on the page itself.
    BeFramed,
    /// Neither.
    Nothing,
}

impl Shop {
    /// Opens a shop that embeds the channel `demo` of the worker at `worker`.
    pub fn open(worker: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port for the shop");
        let port = listener.local_addr().expect("an address").port();
        let pages = [Lets::Run, Lets::BeFramed, Lets::Nothing].map(|lets| Page::embedding(worker, lets));
        let pages = Arc::new(pages);
        let reports = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&reports);
        let written = Written::default();
        let read = Arc::clone(&written);
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let (pages, reports, read) = (Arc::clone(&pages), Arc::clone(&reports), Arc::clone(&read));
                // A browser that hangs up is no failure of the shop.
                thread::spawn(move || serve(socket, &pages, &reports, &read).ok());
            }
        });
        Self { origin: format!("http://localhost:{port}"), reports: kept, written }
    }

    /// Serves one more page or file, under no policy, and gives its address.
    pub fn write(&self, path: &str, kind: &'static str, text: String) -> String {
        self.written.lock().expect("pages").insert(path.to_owned(), (kind, text));
        format!("{}{path}", self.origin)
    }

    /// The address of the page in English.
    pub fn url(&self) -> String {
        format!("{}/", self.origin)
    }

    /// The address of the same page, which says that it is in another language.
    pub fn page_in(&self, lang: &str) -> String {
        format!("{}/in/{lang}", self.origin)
    }

    /// The page with a script that is none in the place of the tag.
    pub fn without_tag(&self) -> String {
        format!("{}/without-tag", self.origin)
    }

    /// The same page under a policy that forbids WebAssembly, and allows to frame the worker's pages.
    pub fn without_wasm(&self) -> String {
        format!("{}/without-wasm", self.origin)
    }

    /// The same page under a policy that forbids both.
    pub fn without_frames(&self) -> String {
        format!("{}/without-frames", self.origin)
    }

    /// Violations of the policy that browsers have reported.
    pub fn reports(&self) -> Vec<String> {
        self.reports.lock().expect("reports").clone()
    }
}

impl Page {
    fn without_tag(&self) -> String {
        let (before, rest) = self.html.split_once("<script src=").expect("the tag");
        let (_, after) = rest.split_once("></script>").expect("the end of the tag");
        format!("{before}<script type=\"text/plain\"></script>{after}")
    }

    fn in_language(&self, lang: &str) -> String {
        let dir = if matches!(lang, "ar" | "he") { "rtl" } else { "ltr" };
        self.html.replacen("lang=\"en\"", &format!("lang=\"{lang}\" dir=\"{dir}\""), 1)
    }

    /// The page as it ships, with the script and the policy pointing at the worker.
    fn embedding(worker: &str, lets: Lets) -> Self {
        let html = files::read_text(&paths::assets().join("index.html")).expect("the built demo page");
        let socket = worker.replacen("http", "ws", 1);
        let (_, after) =
            html.split_once("http-equiv=\"Content-Security-Policy\" content=\"").expect("a policy");
        let (shipped, _) = after.split_once('"').expect("a policy");
        let policy = shipped
            .replace("script-src 'self'", &format!("script-src 'self' {worker}"))
            .replace("connect-src 'self'", &format!("connect-src 'self' {worker} {socket}"));
        assert_eq!(policy.matches(worker).count(), 2, "the policy has changed: {shipped}");
        let policy = match lets {
            Lets::Run => policy,
            Lets::BeFramed => format!("{}; frame-src {worker}", policy.replace(" 'wasm-unsafe-eval'", "")),
            Lets::Nothing => policy.replace(" 'wasm-unsafe-eval'", ""),
        };
        let html = html.replacen(shipped, &policy, 1).replacen("src=\"/w/", &format!("src=\"{worker}/w/"), 1);
        assert!(html.contains(&format!("<script src=\"{worker}/w/demo.js\" async>")), "the tag has changed");
        // Only a header may ask for reports. Where the policy is meant to be violated nobody wants them.
        let reports = if lets == Lets::Run { "; report-uri /csp-report" } else { "" };
        Self { html, policy: format!("{policy}{reports}") }
    }
}

fn serve(
    socket: TcpStream,
    pages: &[Page; 3],
    reports: &Mutex<Vec<String>>,
    written: &Written,
) -> std::io::Result<()> {
    socket.set_read_timeout(Some(IDLE))?;
    let mut from = BufReader::new(&socket);
    let mut line = String::new();
    from.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let body = body(&mut from)?;
    let html = "text/html; charset=utf-8";
    let [page, framing, closed] = pages;
    let found = written.lock().expect("pages").get(&path).cloned();
    if let Some((kind, text)) = found {
        let free = Page { html: String::new(), policy: "frame-ancestors 'none'".to_owned() };
        return answer(&socket, kind, &free, text.as_bytes());
    }
    match path.as_str() {
        "/" => answer(&socket, html, page, page.html.as_bytes()),
        "/without-wasm" => answer(&socket, html, framing, framing.html.as_bytes()),
        "/without-frames" => answer(&socket, html, closed, closed.html.as_bytes()),
        "/demo/shop.css" => {
            let css = files::read(&paths::assets().join("demo/shop.css")).unwrap_or_default();
            answer(&socket, "text/css; charset=utf-8", page, &css)
        }
        "/csp-report" => {
            reports.lock().expect("reports").push(body);
            (&socket).write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        }
        "/without-tag" => answer(&socket, html, page, page.without_tag().as_bytes()),
        path if path.starts_with("/in/") => {
            answer(&socket, html, page, page.in_language(path.trim_start_matches("/in/")).as_bytes())
        }
        _ => (&socket).write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}

/// Reads past the headers, and what they say comes after them.
fn body(from: &mut impl BufRead) -> std::io::Result<String> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = String::new();
    from.take(length).read_to_string(&mut body)?;
    Ok(body)
}

fn answer(mut socket: &TcpStream, kind: &str, page: &Page, body: &[u8]) -> std::io::Result<()> {
    write!(
        socket,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Content-Security-Policy: {}\r\nConnection: close\r\n\r\n",
        body.len(),
        page.policy
    )?;
    socket.write_all(body)
}
