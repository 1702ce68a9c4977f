//! The frames that visitors send, written without serde: what its derive makes of all frames weighs a kilobyte (brotli) in
//! the widget. A test holds the two together.

use crate::wire::{Contact, Score, ToConversation};

/// A value in a frame.
enum Value<'a> {
    Text(&'a str),
    Number(u64),
    Flag(bool),
    Json(String),
}

/// A frame of a visitor; empty for one that only operators send.
pub(super) fn frame(frame: &ToConversation) -> String {
    use Value::{Flag, Number, Text};
    match frame {
        ToConversation::Hello { v, cursor, locale, zone, plain, forms } => named(
            "hello",
            &[
                ("v", Number((*v).into())),
                ("cursor", Number(cursor.0)),
                ("locale", Text(locale)),
                ("zone", Text(zone)),
                ("plain", Flag(*plain)),
                ("forms", Flag(*forms)),
            ],
        ),
        ToConversation::Send { id, text, note: _, epoch: _ } => {
            named("send", &[("id", Text(id.as_str())), ("text", Text(text))])
        }
        ToConversation::Typing { on } => named("typing", &[("on", Flag(*on))]),
        ToConversation::Read { seq } => named("read", &[("seq", Number(seq.0))]),
        ToConversation::History { before } => named("history", &[("before", Number(before.0))]),
        ToConversation::Rate { session, score, comment } => {
            let score = match score {
                Score::Good => Text("good"),
                Score::Bad => Text("bad"),
                Score::Stars(count) => Value::Json(object(&[("stars", Number((*count).into()))])),
            };
            let session = Number((*session).into());
            named("rate", &[("session", session), ("score", score), ("comment", Text(comment))])
        }
        ToConversation::Contact(contact) => self::contact(contact),
        ToConversation::End {} => named("end", &[]),
        ToConversation::Close { .. }
        | ToConversation::Transfer { .. }
        | ToConversation::Intercept { .. }
        | ToConversation::Join {}
        | ToConversation::Leave {}
        | ToConversation::Pin { .. }
        | ToConversation::Spam { .. }
        | ToConversation::Reopen { .. }
        | ToConversation::Review { .. } => String::new(),
    }
}

fn contact(contact: &Contact) -> String {
    use Value::Text;
    let answers = contact.more.iter().map(|answer| {
        object(&[("key", Text(&answer.key)), ("label", Text(&answer.label)), ("value", Text(&answer.value))])
    });
    let answers: Vec<_> = answers.collect();
    let fields = [
        ("name", Text(&contact.name)),
        ("email", Text(&contact.email)),
        ("phone", Text(&contact.phone)),
        ("more", Value::Json(["[", &answers.join(","), "]"].concat())),
        ("consent", Text(&contact.consent)),
    ];
    named("contact", &fields)
}

fn named(name: &str, fields: &[(&str, Value<'_>)]) -> String {
    ["{\"", name, "\":", &object(fields), "}"].concat()
}

fn object(fields: &[(&str, Value<'_>)]) -> String {
    let mut json = String::from("{");
    for (name, value) in fields {
        if json.len() > 1 {
            json.push(',');
        }
        quote(&mut json, name);
        json.push(':');
        match value {
            Value::Text(text) => quote(&mut json, text),
            Value::Number(number) => json.push_str(&number.to_string()),
            Value::Flag(on) => json.push_str(if *on { "true" } else { "false" }),
            Value::Json(written) => json.push_str(written),
        }
    }
    json.push('}');
    json
}

/// A string. What JSON forbids within one are quotes, backslashes and control characters.
fn quote(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            '\0'..=' ' if c != ' ' => {
                let digit = |value: u32| char::from_digit(value, 16).unwrap_or('0');
                json.push_str("\\u00");
                json.extend([digit(c as u32 >> 4), digit(c as u32 & 15)]);
            }
            _ => json.push(c),
        }
    }
    json.push('"');
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
        let id = "01ARZ3NDEKTSV4RRFFQ69G5FAV".parse().unwrap();
        for sent in [
            ToConversation::Hello {
                v: 1,
                cursor: Seq(u64::MAX),
                locale: "fr-CA".into(),
                zone: "Europe/Paris".into(),
                plain: true,
                forms: true,
            },
            ToConversation::Send { id, text: odd.into(), note: false, epoch: None },
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
}
