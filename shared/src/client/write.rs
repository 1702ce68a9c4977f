//! The frames that visitors send, and saved messages, written without serde: what its derive makes of them weighs a kilobyte
//! (brotli) in the widget. A test holds the two together.

use super::{Pending, PendingFile, PendingState};
use crate::id::Epoch;
use crate::wire::{Contact, Score, ToConversation};

/// An object that is being written.
struct Object(String);

/// A frame of a visitor; empty for one that only operators send.
pub(super) fn frame(frame: &ToConversation) -> String {
    match frame {
        ToConversation::Hello { v, cursor, locale, zone, plain, forms } => Object::of("hello")
            .number("v", (*v).into())
            .number("cursor", cursor.0)
            .text("locale", locale)
            .text("zone", zone)
            .flag("plain", *plain)
            .flag("forms", *forms),
        ToConversation::Send { id, text, note: _, epoch: _, file } => {
            Object::of("send").text("id", id.as_str()).text("text", text).flag("file", *file)
        }
        ToConversation::Attach { id, name, size } => {
            Object::of("attach").text("id", id.as_str()).text("name", name).number("size", (*size).into())
        }
        ToConversation::Fetch { id } => Object::of("fetch").text("id", id.as_str()),
        ToConversation::Typing { on } => Object::of("typing").flag("on", *on),
        ToConversation::Read { seq } => Object::of("read").number("seq", seq.0),
        ToConversation::History { before } => Object::of("history").number("before", before.0),
        ToConversation::Rate { session, score, comment } => {
            let rate = Object::of("rate").number("session", (*session).into()).text("comment", comment);
            match score {
                Score::Good => rate.text("score", "good"),
                Score::Bad => rate.text("score", "bad"),
                Score::Stars(count) => {
                    rate.json("score", &Object::new().number("stars", (*count).into()).end())
                }
            }
        }
        ToConversation::Contact(Contact { name, email, phone, more, consent }) => {
            let mut answers = String::from("[");
            for answer in more {
                if answers.len() > 1 {
                    answers.push(',');
                }
                answers += &Object::new().text("key", &answer.key).text("value", &answer.value).end();
            }
            answers.push(']');
            Object::of("contact")
                .text("name", name)
                .text("email", email)
                .text("phone", phone)
                .json("more", &answers)
                .text("consent", consent)
        }
        ToConversation::End {} => Object::of("end"),
        ToConversation::Close { .. }
        | ToConversation::Transfer { .. }
        | ToConversation::Intercept { .. }
        | ToConversation::Join {}
        | ToConversation::Leave {}
        | ToConversation::Pin { .. }
        | ToConversation::Spam { .. }
        | ToConversation::Reopen { .. }
        | ToConversation::Review { .. } => return String::new(),
    }
    .end()
        + "}"
}

impl Pending {
    /// The message as the persistent outbox holds it.
    pub fn write(&self) -> String {
        let message =
            Object::new().text("id", self.id.as_str()).text("text", &self.text).flag("note", self.note);
        let message = match self.epoch {
            Some(Epoch(epoch)) => message.number("epoch", epoch),
            None => message,
        };
        let message = match self.file {
            Some(PendingFile { size, is_stored }) => {
                let file = Object::new().number("size", size.into()).flag("is_stored", is_stored).end();
                message.json("file", &file)
            }
            None => message,
        };
        match self.state {
            PendingState::Sending => message.text("state", "sending"),
            PendingState::Failed { code } => {
                let code =
                    Object::new().json("code", &serde_json::to_string(&code).unwrap_or_default()).end();
                message.json("state", &Object::new().json("failed", &code).end())
            }
        }
        .end()
    }
}

impl Object {
    fn new() -> Self {
        Self("{".to_owned())
    }

    /// What a frame of this name holds. The frame itself is still to be ended.
    fn of(name: &str) -> Self {
        Self(["{\"", name, "\":{"].concat())
    }

    fn end(self) -> String {
        self.0 + "}"
    }

    fn name(&mut self, name: &str) {
        if !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.quote(name);
        self.0.push(':');
    }

    /// A value that is written already.
    fn json(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        self.0 += value;
        self
    }

    fn number(self, name: &str, value: u64) -> Self {
        self.json(name, &value.to_string())
    }

    fn flag(self, name: &str, on: bool) -> Self {
        self.json(name, if on { "true" } else { "false" })
    }

    fn text(mut self, name: &str, text: &str) -> Self {
        self.name(name);
        self.quote(text);
        self
    }

    /// A string. What JSON forbids within one are quotes, backslashes and control characters.
    fn quote(&mut self, text: &str) {
        self.0.push('"');
        for c in text.chars() {
            if c < ' ' {
                let digit = |value: u32| char::from_digit(value, 16).unwrap_or('0');
                self.0 += "\\u00";
                self.0.push(digit(c as u32 >> 4));
                self.0.push(digit(c as u32 & 15));
                continue;
            }
            if matches!(c, '"' | '\\') {
                self.0.push('\\');
            }
            self.0.push(c);
        }
        self.0.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Seq;
    use crate::wire::{Answer, read};

    #[test]
    fn what_is_written_here_is_what_serde_reads() {
        let odd = "\u{0}\t\n\"\\\u{1f}\u{7f} é \u{2028} 🙂";
        let answer = Answer { key: "order".into(), label: String::new(), value: odd.into() };
        let contact = Contact {
            name: odd.into(),
            email: "z@e.example".into(),
            phone: "1 23".into(),
            more: vec![answer.clone(), answer],
            consent: "Yes.".into(),
        };
        let rate = |score| ToConversation::Rate { session: 3, score, comment: odd.into() };
        let id: crate::id::MessageId = "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap();
        for sent in [
            ToConversation::Hello {
                v: 1,
                cursor: Seq(u64::MAX),
                locale: "fr-CA".into(),
                zone: "Europe/Paris".into(),
                plain: true,
                forms: true,
            },
            ToConversation::Send { id: id.clone(), text: odd.into(), note: false, epoch: None, file: false },
            ToConversation::Send { id: id.clone(), text: odd.into(), note: false, epoch: None, file: true },
            ToConversation::Attach { id: id.clone(), name: odd.into(), size: u32::MAX },
            ToConversation::Fetch { id },
            ToConversation::Typing { on: true },
            ToConversation::Read { seq: Seq(7) },
            ToConversation::History { before: Seq(7) },
            rate(Score::Good),
            rate(Score::Bad),
            rate(Score::Stars(4)),
            ToConversation::Contact(contact),
            ToConversation::Contact(Contact::default()),
            ToConversation::End {},
        ] {
            let written = frame(&sent);
            assert_eq!(read::<ToConversation>(&written), Ok(sent), "{written}");
        }
        assert_eq!(frame(&ToConversation::Join {}), "");
    }

    #[test]
    fn a_saved_message_is_what_serde_reads() {
        let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap();
        let plain = Pending {
            id,
            text: "a\"b".into(),
            note: false,
            epoch: None,
            file: None,
            state: PendingState::Sending,
        };
        let failed = PendingState::Failed { code: crate::reject::Code::TextTooLong };
        for saved in [
            plain.clone(),
            Pending { note: true, epoch: Some(Epoch(7)), state: failed, ..plain.clone() },
            Pending { file: Some(PendingFile { size: 5, is_stored: true }), ..plain },
        ] {
            let written = saved.write();
            assert_eq!(serde_json::from_str::<Pending>(&written).unwrap(), saved, "{written}");
            assert_eq!(Pending::read(&written), Some(saved));
        }
    }
}
