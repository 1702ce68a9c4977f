use super::*;
use crate::conversation::Upload;
use crate::file::{File, Kind as FileKind};
use crate::settings::Files;

fn attach(n: u32, size: u32) -> ToConversation {
    ToConversation::Attach { id: message(n), name: "photo.png".into(), size }
}

fn send_file(n: u32, epoch: Option<u64>) -> ToConversation {
    let text = "said by the client".into();
    ToConversation::Send { id: message(n), text, note: false, epoch: epoch.map(Epoch), file: true }
}

impl Rig {
    fn stored(&mut self, n: u32) -> Result<(), Reject> {
        self.input(T0, Input::Own(Own::Stored { id: message(n), kind: FileKind::Png }))
    }

    /// The links that were given, and whether each is for sending.
    fn links(&self) -> Vec<(MessageId, bool)> {
        let link = |effect: &Effect<Conversation>| match effect {
            Effect::Read { query: Query::Link(link), .. } => Some((link.id.clone(), link.upload)),
            _ => None,
        };
        self.effects.iter().filter_map(link).collect()
    }

    fn upload(&self, n: u32) -> Option<&Upload> {
        match self.records.get(&format!("upload/{}", message(n))) {
            Some(Record::Upload(_, upload)) => upload.as_ref(),
            _ => None,
        }
    }
}

#[test]
fn a_file_is_announced_stored_and_then_a_message() {
    let mut rig = Rig::new();
    rig.says(1, attach(1, 1_000)).unwrap();
    assert_eq!(rig.links(), [(message(1), true)]);
    assert_eq!(rig.upload(1).map(|upload| upload.kind), Some(None));
    assert_eq!(rig.says(1, send_file(1, None)), Err(Reject(Code::FileGone)), "it is not in the store yet");
    assert_eq!(rig.kind(), Kind::None, "and no session is opened for it");

    rig.stored(1).unwrap();
    rig.says(1, send_file(1, None)).unwrap();
    assert_eq!(rig.acks(1), [1]);
    let file = Some(File { kind: FileKind::Png, size: 1_000 });
    // Its name is the one that was cleaned, whatever the client says now.
    assert_eq!(rig.log()[0].body, Body::Text { text: "photo.png".into(), file });
    assert_eq!(rig.upload(1), None);
    assert_eq!(rig.kind(), Kind::Waiting);

    // Repeats are acknowledged with the same number: of the message, and of its announcement.
    rig.says(1, send_file(1, None)).unwrap();
    assert_eq!(rig.acks(1), [1]);
    rig.says(1, attach(1, 1_000)).unwrap();
    assert_eq!((rig.acks(1), rig.links()), (vec![1], vec![]));
    rig.says(1, ToConversation::Fetch { id: message(1) }).unwrap();
    assert_eq!(rig.links(), [(message(1), false)]);
}

#[test]
fn a_file_keeps_to_what_the_channel_takes() {
    let files = Files { megabytes: 1, in_session: 2, ..Files::default() };
    let mut rig = Rig::with(Settings { files, ..quiet() });
    assert_eq!(rig.says(1, attach(1, 0)), Err(Reject(Code::EmptyText)));
    assert_eq!(rig.says(1, attach(1, (1 << 20) + 1)), Err(Reject(Code::FileTooLarge)));
    rig.says(1, attach(1, 1 << 20)).unwrap();
    rig.stored(1).unwrap();
    rig.says(1, send_file(1, None)).unwrap();
    rig.says(1, attach(2, 5)).unwrap();
    // One was sent and one is on its way. To announce that one again is not another.
    rig.says(1, attach(2, 5)).unwrap();
    assert_eq!(rig.says(1, attach(3, 5)), Err(Reject(Code::TooManyFiles)));

    rig.rules(2, Settings { files: Files { enabled: false, ..Files::default() }, ..quiet() });
    assert_eq!(rig.says(1, attach(4, 5)), Err(Reject(Code::FilesOff)));
}

#[test]
fn only_those_who_take_part_send_files_and_only_their_own() {
    let mut rig = Rig::active();
    rig.says(2, attach(2, 5)).unwrap();
    rig.stored(2).unwrap();
    assert_eq!(rig.says(1, send_file(2, None)), Err(Reject(Code::FileGone)), "it is Ana's");
    assert_eq!(rig.says(1, attach(2, 5)), Err(Reject(Code::Forbidden)));
    assert_eq!(rig.says(2, send_file(2, Some(2))), Ok(()), "right after the offer was accepted");
    rig.opens(3, Who::Operator { face: ben(), role: Role::Supervisor });
    rig.says(3, hello(0)).unwrap();
    assert_eq!(rig.says(3, attach(3, 5)), Err(Reject(Code::NotParticipant)));
    rig.says(3, ToConversation::Join {}).unwrap();
    rig.says(3, attach(3, 5)).unwrap();
    rig.stored(3).unwrap();
    let note = ToConversation::Send { id: message(3), text: "x".into(), note: true, epoch: None, file: true };
    assert_eq!(rig.says(3, note), Err(Reject(Code::InvalidFields)), "notes have no files");
}

#[test]
fn a_file_answers_an_offer_as_words_do() {
    let mut rig = Rig::new();
    rig.writes(1, 1).unwrap();
    rig.offered(2, ana());
    rig.reads(2, ana());
    rig.says(2, attach(2, 5)).unwrap();
    rig.stored(2).unwrap();
    rig.says(2, send_file(2, Some(2))).unwrap();
    assert!(rig.acks(2).is_empty(), "the desk has not decided yet");
    rig.assigned(3, ana());
    assert_eq!(rig.acks(2).len(), 1);
    assert!(matches!(rig.log().last().unwrap().body, Body::Text { file: Some(_), .. }));
}

#[test]
fn what_comes_to_nothing_is_thrown_away() {
    let mut rig = Rig::new();
    rig.says(1, attach(1, 5)).unwrap();
    rig.stored(1).unwrap();
    rig.input(T0, Input::Gone { socket: Socket(1) }).unwrap();
    assert_eq!(rig.rings(), T0 + limits::UPLOAD_KEPT, "the visitor has left, and nothing else is to come");
    let (conversation, id) = ("ab".repeat(32).parse().unwrap(), message(1));
    assert_eq!(rig.told(), [&Note::Discard { conversation, id }]);
    assert_eq!(rig.upload(1), None);
    // The bytes may come later than that: nobody takes them.
    assert_eq!(rig.stored(1), Err(Reject(Code::FileGone)));
    rig.opens(1, Who::Visitor);
    rig.says(1, hello(0)).unwrap();
    assert_eq!(rig.says(1, send_file(1, None)), Err(Reject(Code::FileGone)));
}

#[test]
fn a_rating_in_digits_is_no_file_of_that_name() {
    let mut rig = Rig::active();
    rig.says(2, ToConversation::Close { epoch: Epoch(3) }).unwrap();
    let name = ToConversation::Attach { id: message(9), name: "1".into(), size: 5 };
    rig.says(1, name).unwrap();
    rig.stored(9).unwrap();
    rig.says(1, send_file(9, None)).unwrap();
    assert!(rig.log().iter().all(|entry| !matches!(entry.body, Body::Event(Event::Rated { .. }))));
}
