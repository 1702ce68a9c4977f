//! The server of the bench: it compresses what every chat is made of as the edge of the platform would, and counts it.
//! A page is served from one name of this machine, chats from another, so that they are of another origin.

use super::subject::Subject;
use crate::rig::Ask;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use xtask::{files, size};

/// The quality of brotli for all: about that of an edge, which compresses as it answers. `cargo xtask size` shows the same.
const QUALITY: i32 = 5;

/// What is compressed; pictures and fonts are already.
const COMPRESSED: [&str; 5] =
    ["text/", "application/javascript", "application/json", "application/wasm", "image/svg"];

/// How long a browser may hold a connection on which it says nothing.
const IDLE: Duration = Duration::from_secs(10);

/// What was served of a chat; what its page itself takes is not among it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Served {
    /// Bytes of answers, with their headers.
    pub(super) bytes: u64,
    /// Requests that were answered with a file, and sockets.
    pub(super) requests: u64,
    /// When anything was last asked for or sent.
    pub(super) last: Instant,
}

/// A server that is open until the process ends.
pub(super) struct Edge {
    port: u16,
    inside: Arc<Inside>,
}

struct Inside {
    worker: String,
    peers: PathBuf,
    bytes: AtomicU64,
    requests: AtomicU64,
    last: Mutex<Instant>,
    /// Compressed once for all rounds, so that no round waits for it.
    compressed: Mutex<BTreeMap<String, Answer>>,
}

#[derive(Clone)]
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Edge {
    /// Serves the worker at `worker` and the packages in `peers`.
    pub(super) fn open(worker: &str, peers: &Path) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port for the edge");
        let port = listener.local_addr().expect("an address").port();
        let inside = Arc::new(Inside {
            worker: worker.to_owned(),
            peers: peers.to_owned(),
            bytes: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            last: Mutex::new(Instant::now()),
            compressed: Mutex::default(),
        });
        let shared = Arc::clone(&inside);
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let inside = Arc::clone(&shared);
                // A browser that hangs up is no failure of the server.
                thread::spawn(move || inside.serve(socket, port).ok());
            }
        });
        Self { port, inside }
    }

    /// The page that embeds a chat, or that has a button which does.
    pub(super) fn page(&self, subject: Subject, embedded: bool) -> String {
        format!("http://localhost:{}/page/{subject:?}/{embedded}", self.port)
    }

    /// Forgets what was served.
    pub(super) fn forget(&self) {
        self.inside.bytes.store(0, Ordering::SeqCst);
        self.inside.requests.store(0, Ordering::SeqCst);
        self.inside.touch();
    }

    /// What was served since.
    pub(super) fn served(&self) -> Served {
        Served {
            bytes: self.inside.bytes.load(Ordering::SeqCst),
            requests: self.inside.requests.load(Ordering::SeqCst),
            last: *self.inside.last.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}

impl Inside {
    fn touch(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn serve(&self, mut socket: TcpStream, port: u16) -> io::Result<()> {
        socket.set_read_timeout(Some(IDLE))?;
        let (head, body) = request(&mut BufReader::new(&socket))?;
        let mut words = head.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if !head.ends_with("\r\n\r\n") {
            // Browsers open connections beforehand that they do not use.
            return Ok(());
        }
        if let Some(page) = path.strip_prefix("/page/") {
            let html = page_of(page, port);
            let length = html.len();
            write!(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n")?;
            return write!(socket, "Content-Length: {length}\r\nConnection: close\r\n\r\n{html}");
        }
        self.touch();
        if head.to_ascii_lowercase().contains("\r\nupgrade: websocket\r\n") {
            self.requests.fetch_add(1, Ordering::SeqCst);
            return self.tunnel(socket, &head);
        }
        let answer = self.answer(method, path, &head, body);
        let status = answer.status;
        let head = format!("HTTP/1.1 {status} _\r\n{}Connection: close\r\n\r\n", answer.head);
        // What a chat asks of a server that is not there does not count against it.
        if status < 400 {
            self.requests.fetch_add(1, Ordering::SeqCst);
            self.bytes.fetch_add((head.len() + answer.body.len()) as u64, Ordering::SeqCst);
        }
        socket.write_all(head.as_bytes())?;
        socket.write_all(&answer.body)?;
        self.touch();
        Ok(())
    }

    /// A socket goes to the worker as it is; what comes back counts.
    fn tunnel(&self, mut socket: TcpStream, head: &str) -> io::Result<()> {
        let mut worker = TcpStream::connect(self.worker.trim_start_matches("http://"))?;
        worker.write_all(head.as_bytes())?;
        socket.set_read_timeout(None)?;
        let (mut from, mut to) = (socket.try_clone()?, worker.try_clone()?);
        thread::spawn(move || {
            // Either side may end it.
            let _ended = io::copy(&mut from, &mut to);
            to.shutdown(Shutdown::Both).ok();
        });
        let mut buffer = [0; 4096];
        loop {
            let count = worker.read(&mut buffer)?;
            if count == 0 {
                return socket.shutdown(Shutdown::Both);
            }
            self.bytes.fetch_add(count as u64, Ordering::SeqCst);
            self.touch();
            socket.write_all(&buffer[..count])?;
        }
    }

    /// A file is fetched and compressed once; what is asked with a body is asked each time.
    fn answer(&self, method: &str, path: &str, head: &str, body: Vec<u8>) -> Answer {
        if method != "GET" {
            return self.upstream(method, path, head, body);
        }
        let known = self.compressed.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        known.unwrap_or_else(|| {
            let answer = self.upstream(method, path, head, body);
            let cacheable = answer.status == 200 && !path.starts_with("/api/");
            if cacheable {
                let mut compressed = self.compressed.lock().unwrap_or_else(PoisonError::into_inner);
                compressed.insert(path.to_owned(), answer.clone());
            }
            answer
        })
    }

    fn upstream(&self, method: &str, path: &str, head: &str, body: Vec<u8>) -> Answer {
        if let Some(answer) = self.peer(path) {
            return answer;
        }
        let mut ask = Ask::new(&self.worker, method, path);
        for name in [
            "origin",
            "content-type",
            "authorization",
            "access-control-request-method",
            "access-control-request-headers",
        ] {
            if let Some(value) = header(head, name) {
                ask = ask.header(name, value);
            }
        }
        let answer = if body.is_empty() { ask } else { ask.body(body) }.send();
        Answer::of(answer.status, &answer.headers(), answer.body)
    }

    /// A file of another chat. What is not a file is an API that is not there.
    fn peer(&self, path: &str) -> Option<Answer> {
        let path = path.split('?').next().unwrap_or_default();
        let file = match path.split_once('/')?.1.split_once('/') {
            None if path == "/livechat" => "@rocket.chat/livechat/build/index.html".to_owned(),
            Some(("livechat", "")) => "@rocket.chat/livechat/build/index.html".to_owned(),
            Some(("livechat", name)) => format!("@rocket.chat/livechat/build/{name}"),
            Some(("deep-chat", name)) => format!("deep-chat/dist/{name}"),
            Some(("api", rest)) if rest.starts_with("v1/livechat/") => String::new(),
            _ => return None,
        };
        let kind = match file.rsplit('.').next().unwrap_or_default() {
            "js" => "text/javascript; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "html" => "text/html; charset=utf-8",
            "png" => "image/png",
            _ => "application/octet-stream",
        };
        let headers = format!("content-type: {kind}\naccess-control-allow-origin: *\n");
        let found = (!file.is_empty() && !file.contains("..")).then(|| files::read(&self.peers.join(file)));
        Some(match found {
            Some(Ok(bytes)) => Answer::of(200, &headers, bytes),
            _ => Answer::of(404, "access-control-allow-origin: *\n", Vec::new()),
        })
    }
}

impl Answer {
    fn of(status: u16, headers: &str, body: Vec<u8>) -> Self {
        const OWN: [&str; 5] =
            ["content-length", "connection", "transfer-encoding", "content-encoding", "keep-alive"];
        let kept = headers.lines().filter(|line| {
            !OWN.iter().any(|name| line.split(':').next().is_some_and(|is| is.eq_ignore_ascii_case(name)))
        });
        let mut head: String = kept.map(|line| format!("{line}\r\n")).collect();
        let kind = header(headers, "content-type").unwrap_or_default();
        let body = if COMPRESSED.iter().any(|of| kind.starts_with(of)) && !body.is_empty() {
            head += "content-encoding: br\r\n";
            size::compressed(&body, QUALITY).expect("brotli")
        } else {
            body
        };
        head += &format!("content-length: {}\r\n", body.len());
        Self { status, head, body }
    }
}

/// The head of a request with its empty line, and the body.
fn request(from: &mut impl BufRead) -> io::Result<(String, Vec<u8>)> {
    let mut head = String::new();
    while from.read_line(&mut head)? > 2 && !head.ends_with("\r\n\r\n") {}
    let length = header(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = Vec::new();
    from.take(length).read_to_end(&mut body)?;
    Ok((head, body))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(is, _)| is.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

fn page_of(page: &str, port: u16) -> String {
    let of = [Subject::Guichet, Subject::RocketChat, Subject::DeepChat];
    let (name, embedded) = page.split_once('/').unwrap_or((page, "true"));
    let subject = of.into_iter().find(|subject| format!("{subject:?}") == name);
    let edge = format!("http://127.0.0.1:{port}");
    subject.map_or_else(String::new, |subject| subject.page(&edge, embedded == "true"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_to_its_end() {
        let mut sent = &b"POST /a HTTP/1.1\r\nContent-Length: 3\r\nOrigin: x\r\n\r\nabcd"[..];
        let (head, body) = request(&mut sent).expect("a request");
        assert_eq!((header(&head, "origin"), body.as_slice()), (Some("x"), &b"abc"[..]));
    }

    #[test]
    fn text_is_compressed_and_pictures_are_not() {
        let text = Answer::of(200, "Content-Type: text/css\nContent-Length: 900\n", vec![b'a'; 900]);
        assert!(text.body.len() < 100 && text.head.contains("content-encoding: br"));
        assert_eq!(text.head.to_lowercase().matches("content-length").count(), 1);
        let picture = Answer::of(200, "content-type: image/png\n", vec![b'a'; 900]);
        assert_eq!(picture.body.len(), 900);
    }
}
