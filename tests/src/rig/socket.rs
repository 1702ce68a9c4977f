//! Sockets: opening one or being refused, sending, and waiting for what has to come.

use super::http::Answer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::wire::{ASK, PING, PONG, SUBPROTOCOL};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::io::{ErrorKind, Read};
use std::marker::PhantomData;
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::HandshakeError;
use tungstenite::http::{HeaderName, HeaderValue, Response};
use tungstenite::{Error, Message, WebSocket};

/// How long a test waits for what has to come.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A socket that is being asked for.
#[derive(Clone, Debug)]
pub struct Handshake {
    origin: String,
    path: String,
    headers: Vec<(String, String)>,
}

impl Handshake {
    /// Asks for the socket at `path`, as a page of the Worker's own would.
    pub fn new(origin: &str, path: &str) -> Self {
        let headers = vec![("origin".to_owned(), origin.to_owned())];
        Self { origin: origin.to_owned(), path: path.to_owned(), headers }
    }

    /// With this header, in place of another of the same name.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self = self.without(name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Without a header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    /// Speaking our version, with these words beside it.
    #[must_use]
    pub fn protocols(self, beside: &[&str]) -> Self {
        let all: Vec<_> = [SUBPROTOCOL].iter().chain(beside).copied().collect();
        self.header("sec-websocket-protocol", &all.join(", "))
    }

    /// Opens it; or gives the answer that refuses it.
    #[track_caller]
    pub fn open(&self) -> Result<Raw, Answer> {
        self.reach().unwrap_or_else(|| panic!("{}{} does not answer", self.origin, self.path))
    }

    /// Opens it, or gives the answer that refuses it; or nothing, if nobody answers.
    pub fn reach(&self) -> Option<Result<Raw, Answer>> {
        let host = self.origin.trim_start_matches("http://").replace("localhost", "127.0.0.1");
        let stream = TcpStream::connect(host).ok()?;
        stream.set_nodelay(true).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.set_write_timeout(Some(PATIENCE)).ok()?;
        let rest = stream.try_clone().ok()?;
        let url = format!("{}{}", self.origin.replacen("http", "ws", 1), self.path);
        let mut request = url.as_str().into_client_request().expect("a request");
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().expect("a header's name");
            request.headers_mut().insert(name, HeaderValue::from_str(value).expect("a header"));
        }
        match tungstenite::client(request, stream) {
            Ok((socket, _)) => Some(Ok(Raw { socket, ended: None, reason: String::new() })),
            Err(HandshakeError::Failure(Error::Http(response))) => Some(Err(refused(&url, *response, rest))),
            Err(_) => None,
        }
    }

    /// The answer that refuses it.
    #[track_caller]
    pub fn refused(&self) -> Answer {
        match self.open() {
            Ok(_) => panic!("{} was opened", self.path),
            Err(answer) => answer,
        }
    }
}

/// The handshake may have been read before all of the body had come.
fn refused(url: &str, response: Response<Option<Vec<u8>>>, mut rest: TcpStream) -> Answer {
    let (head, body) = response.into_parts();
    let mut body = body.unwrap_or_default();
    let length = head.headers.get("content-length").and_then(|length| length.to_str().ok()?.parse().ok());
    while body.len() < length.unwrap_or(0) {
        let mut piece = [0; 4096];
        match rest.read(&mut piece) {
            Ok(0) | Err(_) => break,
            Ok(length) => body.extend(&piece[..length]),
        }
    }
    Answer {
        told: format!("SOCKET {url}"),
        status: head.status.as_u16(),
        headers: Box::new(head.headers),
        body,
    }
}

/// What a socket gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A text.
    Text(String),
    /// It is closed, with this code; 1006 without one.
    Closed(u16),
    /// Nothing, up to the deadline.
    Late,
}

/// A socket of texts.
#[derive(Debug)]
pub struct Raw {
    socket: WebSocket<TcpStream>,
    ended: Option<u16>,
    reason: String,
}

impl Raw {
    /// Sends a text. Whether it arrives is not known; see what comes back.
    pub fn send(&mut self, text: &str) {
        let _ = self.socket.send(Message::text(text));
    }

    /// Sends bytes.
    pub fn send_binary(&mut self, bytes: &[u8]) {
        let _ = self.socket.send(Message::binary(bytes.to_vec()));
    }

    /// Cuts the connection, without a word.
    pub fn cut(&mut self) {
        let _ = self.socket.get_ref().shutdown(std::net::Shutdown::Both);
        self.ended = Some(1006);
    }

    /// Says that it closes.
    pub fn close(&mut self) {
        let _ = self.socket.close(None);
        let _ = self.socket.flush();
    }

    /// What was said when it was closed.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Waits for the next event.
    pub fn next(&mut self, deadline: Instant) -> Event {
        loop {
            if let Some(code) = self.ended {
                return Event::Closed(code);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Event::Late;
            }
            let set = self.socket.get_ref().set_read_timeout(Some(left));
            match set.map_err(Error::from).and_then(|()| self.socket.read()) {
                Ok(Message::Text(text)) => return Event::Text(text.as_str().to_owned()),
                Ok(Message::Close(frame)) => {
                    let _ = self.socket.flush();
                    self.ended = Some(frame.as_ref().map_or(1005, |frame| frame.code.into()));
                    self.reason = frame.map(|frame| frame.reason.as_str().to_owned()).unwrap_or_default();
                }
                Ok(_) => {}
                Err(Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => self.ended = Some(1006),
            }
        }
    }
}

/// A socket of frames.
#[derive(Debug)]
pub struct Socket<Out, In> {
    raw: Raw,
    /// Frames that came and that nobody has expected yet, in order.
    unexpected: VecDeque<In>,
    pongs: usize,
    sends: PhantomData<Out>,
}

impl<Out: Serialize, In: DeserializeOwned + Debug> Socket<Out, In> {
    /// A socket that has been opened.
    pub fn new(raw: Raw) -> Self {
        Self { raw, unexpected: VecDeque::new(), pongs: 0, sends: PhantomData }
    }

    /// Sends a frame.
    pub fn send(&mut self, frame: &Out) {
        self.raw.send(&serde_json::to_string(frame).expect("a frame"));
    }

    /// Sends whatever it is.
    pub fn send_text(&mut self, text: &str) {
        self.raw.send(text);
    }

    /// Sends bytes, which are no part of the contract.
    pub fn send_binary(&mut self, bytes: &[u8]) {
        self.raw.send_binary(bytes);
    }

    /// Cuts the connection, without a word.
    pub fn cut(mut self) {
        self.raw.cut();
    }

    /// Closes it, and waits for the other side to do so. Gives its code.
    #[track_caller]
    pub fn close(mut self) -> u16 {
        self.raw.close();
        self.closed()
    }

    /// Sends a heartbeat and waits for its answer.
    #[track_caller]
    pub fn ping(&mut self) {
        let before = self.pongs;
        self.raw.send(PING);
        let deadline = Instant::now() + PATIENCE;
        while self.pongs == before {
            assert!(self.pump(deadline), "no answer to a heartbeat; got {:?}", self.unexpected);
        }
    }

    /// Listens for so long, in which nothing may come.
    #[track_caller]
    pub fn stays_quiet(&mut self, length: Duration) {
        let event = self.raw.next(Instant::now() + length);
        assert_eq!(event, Event::Late, "somebody woke it");
    }

    /// Waits for a frame that matches, and takes it out of those that came; the others stay, in order.
    #[track_caller]
    pub fn expect(&mut self, matches: impl Fn(&In) -> bool) -> In {
        let deadline = Instant::now() + PATIENCE;
        let mut from = 0;
        loop {
            if let Some(place) = self.unexpected.iter().skip(from).position(&matches) {
                return self.unexpected.remove(from + place).expect("it was found");
            }
            from = self.unexpected.len();
            assert!(self.pump(deadline), "it does not come; what came is {:#?}", self.unexpected);
        }
    }

    /// Waits for a frame in which `find` finds something, and takes the frame out of those that came.
    #[track_caller]
    pub fn find<T>(&mut self, find: impl Fn(&In) -> Option<T>) -> T {
        let frame = self.expect(|frame| find(frame).is_some());
        find(&frame).expect("it was found")
    }

    /// All frames that came so far and that nobody has expected.
    pub fn drain(&mut self) -> Vec<In> {
        self.unexpected.drain(..).collect()
    }

    /// Waits until the other side closes it. Gives its code.
    #[track_caller]
    pub fn closed(&mut self) -> u16 {
        let deadline = Instant::now() + PATIENCE;
        while self.pump(deadline) {}
        match self.raw.next(deadline) {
            Event::Closed(code) => code,
            other => panic!("it is not closed: {other:?}; what came is {:#?}", self.unexpected),
        }
    }

    /// Takes one more frame in; `false` if there will be none.
    #[track_caller]
    fn pump(&mut self, deadline: Instant) -> bool {
        match self.raw.next(deadline) {
            Event::Text(text) if text == PONG => self.pongs += 1,
            Event::Text(text) if text == ASK => self.raw.send(PING),
            Event::Text(text) => {
                let frame = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e} in the frame {text}"));
                self.unexpected.push_back(frame);
            }
            Event::Closed(_) | Event::Late => return false,
        }
        true
    }
}
