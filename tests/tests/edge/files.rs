//! Files: both ways, judged, served inert, private, and thrown away when nobody wants them.

use crate::fixture::{Shop, rig};
use shared::api::Role;
use shared::file::{File, Kind};
use shared::id::MessageId;
use shared::reject::Code;
use shared::settings::Files;
use shared::wire::{Body, FromConversation, ToConversation};
use std::time::{Duration, Instant};
use tests::rig::{Answer, Rig, Talk, Thread, Visitor, message_id, secret};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and what follows";

/// Announces a file. The path to send it to.
fn announce(talk: &mut Talk, id: &MessageId, name: &str, size: usize) -> String {
    let size = u32::try_from(size).expect("a small file");
    talk.send(&ToConversation::Attach { id: id.clone(), name: name.into(), size });
    link(talk, id)
}

fn link(talk: &mut Talk, id: &MessageId) -> String {
    talk.find(|frame| match frame {
        FromConversation::Link { id: of, path } if of == id => Some(path.clone()),
        FromConversation::Reject { id: Some(of), code, .. } if of == id => {
            panic!("{of} was refused: {code:?}")
        }
        _ => None,
    })
}

fn where_is(talk: &mut Talk, id: &MessageId) -> String {
    talk.send(&ToConversation::Fetch { id: id.clone() });
    link(talk, id)
}

fn upload(rig: &Rig, path: &str, bytes: &[u8]) -> Answer {
    rig.ask("POST", path).origin("https://shop.example").body(bytes).send()
}

fn send(talk: &mut Talk, id: &MessageId, epoch: Option<shared::id::Epoch>) {
    talk.send(&ToConversation::Send { id: id.clone(), text: "x".into(), note: false, epoch, file: true });
}

#[test]
fn files_go_both_ways_and_are_served_inert() {
    let mut shop = Shop::open("Fiona");
    let mut served = shop.serve("Here is a photo:");
    let id = message_id();
    let path = announce(&mut served.visitor, &id, "../été\u{202e}.png", PNG.len());
    let stored: File = upload(shop.rig, &path, PNG).of(200);
    assert_eq!(stored, File { kind: Kind::Png, size: u32::try_from(PNG.len()).unwrap() });
    send(&mut served.visitor, &id, None);
    served.visitor.acked(&id);
    let seen = served.thread.text("été.png");
    assert_eq!(seen.body, Body::Text { text: "été.png".into(), file: Some(stored) });

    let path = where_is(&mut served.thread, &id);
    let answer = shop.rig.ask("GET", &path).send();
    assert_eq!((answer.status, answer.body.as_slice()), (200, PNG));
    assert_eq!(answer.header("content-type"), Some("image/png"));
    let disposition = answer.header("content-disposition");
    assert_eq!(disposition, Some("attachment; filename*=UTF-8''%C3%A9t%C3%A9.png"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let policy = answer.header("content-security-policy");
    assert_eq!(policy, Some("default-src 'none'; sandbox; frame-ancestors 'none'"));
    assert_eq!(answer.header("set-cookie"), None);

    // The operator's way, which the visitor sees. What is no picture is served as bytes.
    let reply = message_id();
    let page = b"PK\x03\x04 a document";
    let path = announce(&mut served.thread, &reply, "offer.docx", page.len());
    assert_eq!(upload(shop.rig, &path, page).status, 200);
    send(&mut served.thread, &reply, Some(served.epoch));
    served.thread.acked(&reply);
    served.visitor.text("offer.docx");
    let path = where_is(&mut served.visitor, &reply);
    let answer = shop.rig.ask("GET", &path).send();
    assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
    assert_eq!(answer.body, page);
}

#[test]
fn a_link_opens_what_it_was_made_for_and_nothing_else() {
    let mut shop = Shop::open("Gina");
    let mut served = shop.serve("Hello");
    let (mine, other) = (message_id(), message_id());
    let upload_path = announce(&mut served.visitor, &mine, "a.png", PNG.len());
    announce(&mut served.visitor, &other, "b.png", PNG.len());
    upload(shop.rig, &upload_path, PNG).of::<File>(200);
    let fetch_path = where_is(&mut served.visitor, &mine);
    let status = |method: &str, path: &str| {
        let ask = shop.rig.ask(method, path);
        (if method == "POST" { ask.body(PNG) } else { ask }).send().status
    };
    assert_eq!(status("GET", &fetch_path), 200);
    assert_eq!(status("HEAD", &fetch_path), 200);
    // Not to fetch with a link for sending, nor the other way round; not another file, not for longer, not of another.
    let swap = |path: &str, from: &str, to: &str| {
        assert!(path.contains(from), "{path} has no {from}");
        path.replacen(from, to, 1)
    };
    let until = fetch_path.split("until=").nth(1).unwrap().split('&').next().unwrap();
    let later = format!("{}", until.parse::<u64>().unwrap() + 60_000);
    let elsewhere = "cd".repeat(32);
    let home = fetch_path.split('/').nth(2).unwrap().to_owned();
    for (method, path) in [
        ("GET", upload_path.clone()),
        ("POST", fetch_path.clone()),
        ("GET", swap(&fetch_path, mine.as_str(), other.as_str())),
        ("GET", swap(&fetch_path, until, &later)),
        ("GET", swap(&fetch_path, &home, &elsewhere)),
        ("GET", swap(&fetch_path, "proof=", "proof=0")),
        ("GET", fetch_path.split('?').next().unwrap().to_owned()),
    ] {
        assert_eq!(status(method, &path), 410, "{method} {path}");
    }
    assert_eq!(status("PUT", &upload_path), 405);
    assert_eq!(status("GET", "/f/nonsense"), 404);
}

#[test]
fn a_file_is_judged_by_its_content_and_its_size() {
    let files = Files { megabytes: 1, in_session: 2, ..Files::default() };
    let shop = Shop::with(rig(), "Hanna", move |settings| settings.files = files.clone());
    let mut visitor = shop.visitor(&secret());
    let refused = |visitor: &mut Visitor, size: u32| {
        let id = message_id();
        visitor.send(&ToConversation::Attach { id: id.clone(), name: "a.png".into(), size });
        visitor.refused(&id)
    };
    assert_eq!(refused(&mut visitor, (1 << 20) + 1), Code::FileTooLarge);
    assert_eq!(refused(&mut visitor, 0), Code::EmptyText);

    let id = message_id();
    for bytes in [
        &b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"[..],
        b"MZ\x90\0\x03\0\0\0",
        b"<html><script>",
    ] {
        let path = announce(&mut visitor, &id, "photo.png", bytes.len());
        assert_eq!(upload(shop.rig, &path, bytes).code(), Code::FileKind);
        send(&mut visitor, &id, None);
        assert_eq!(visitor.refused(&id), Code::FileGone);
    }
    // Not what was announced: longer, shorter, or without saying how long.
    let path = announce(&mut visitor, &message_id(), "a.png", PNG.len());
    assert_eq!(upload(shop.rig, &path, &[PNG, b"more"].concat()).code(), Code::TooLarge);
    assert_eq!(upload(shop.rig, &path, &PNG[..PNG.len() - 1]).code(), Code::TooLarge);
    let streamed = |bytes: &[u8]| shop.rig.ask("POST", &path).body(bytes).streamed().send();
    assert_eq!(streamed(&PNG[..PNG.len() - 1]).code(), Code::Malformed);
    assert_eq!(streamed(&[PNG, b"more"].concat()).code(), Code::Malformed);
    assert_eq!(streamed(PNG).of::<File>(200).kind, Kind::Png);
    assert_eq!(refused(&mut visitor, 5), Code::TooManyFiles);
}

#[test]
fn a_large_file_arrives_whole() {
    let mut shop = Shop::open("Ines");
    let mut served = shop.serve("A large one");
    let bytes: Vec<u8> =
        PNG.iter().copied().chain((0..10 * 1024 * 1024 - PNG.len()).map(|n| (n % 251) as u8)).collect();
    let id = message_id();
    let path = announce(&mut served.visitor, &id, "large.png", bytes.len());
    upload(shop.rig, &path, &bytes).of::<File>(200);
    send(&mut served.visitor, &id, None);
    served.visitor.acked(&id);
    let path = where_is(&mut served.thread, &id);
    let answer = shop.rig.ask("GET", &path).send();
    assert!(answer.body == bytes, "{} bytes came back of {}", answer.body.len(), bytes.len());
}

#[test]
fn nobody_else_learns_where_a_file_is() {
    let mut shop = Shop::open("Jana");
    let mut served = shop.serve("Private");
    let id = message_id();
    let path = announce(&mut served.visitor, &id, "a.png", PNG.len());
    upload(shop.rig, &path, PNG).of::<File>(200);
    send(&mut served.visitor, &id, None);
    served.visitor.acked(&id);
    // Another visitor asks for a file of this id: they are told where it would be in their own conversation.
    let mut stranger = shop.visitor(&secret());
    let path = where_is(&mut stranger, &id);
    assert_eq!(shop.rig.ask("GET", &path).send().code(), Code::FileGone);
    // An operator who takes no part may not even open the thread.
    let outsider = shop.rig.join_as("Karl", Role::Operator);
    assert_eq!(Thread::handshake(&outsider, &served.conversation).refused().code(), Code::Forbidden);
}

#[test]
fn what_was_sent_and_became_no_message_is_thrown_away() {
    // An hour passes in twelve seconds.
    let rig = Rig::with().clock_rate(300).start();
    let mut visitor = Visitor::connect(&rig, "demo", &secret());
    let id = message_id();
    let path = announce(&mut visitor, &id, "a.png", PNG.len());
    upload(&rig, &path, PNG).of::<File>(200);
    let path = where_is(&mut visitor, &id);
    assert_eq!(rig.ask("GET", &path).send().status, 200);
    let began = Instant::now();
    loop {
        let path = where_is(&mut visitor, &id);
        let answer = rig.ask("GET", &path).send();
        if answer.status == 410 && answer.code() == Code::FileGone {
            break;
        }
        assert!(began.elapsed() < Duration::from_secs(60), "it is still there");
    }
    send(&mut visitor, &id, None);
    assert_eq!(visitor.refused(&id), Code::FileGone);
}
