//! Files: announced on the socket, sent to the store over a link, and then a message like any other.

use super::messages::Draft;
use super::{Conversation, Query, Record, Who};
use crate::core::Effect;
use crate::file::{self, File, Kind, Link};
use crate::id::{Epoch, MessageId, OperatorId, Socket};
use crate::limits;
use crate::note::{Address, Note, Topic};
use crate::reject::{Code, Reject};
use crate::settings::Files;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A file on its way: announced, and not part of a message yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Who sends it; none for the visitor.
    pub by: Option<OperatorId>,
    /// Its name, fit to be shown.
    pub name: String,
    /// How many bytes it has.
    pub size: u32,
    /// When it is thrown away if it is no message by then.
    pub until: Timestamp,
    /// What it is, once it is in the store.
    #[serde(default)]
    pub kind: Option<Kind>,
}

impl Conversation {
    /// Somebody wants to send a file, and is told where to.
    pub(super) fn attach(
        &mut self,
        now: Timestamp,
        socket: Socket,
        who: &Who,
        id: MessageId,
        name: &str,
        size: u32,
    ) -> Result<(), Reject> {
        if let Some((seq, at)) = self.tail.find(&id) {
            self.send(socket, crate::wire::FromConversation::Ack { id, seq, at });
            return Ok(());
        }
        if self.has_moved(socket) {
            return Ok(());
        }
        self.may_attach(who, &id, size)?;
        let upload = Upload {
            by: author(who).cloned(),
            name: file::clean_name(name),
            size,
            until: now + limits::UPLOAD_KEPT,
            kind: None,
        };
        self.persist(Record::Upload(id.clone(), Some(upload.clone())));
        self.uploads.insert(id.clone(), upload);
        self.link(now, socket, id, true);
        Ok(())
    }

    fn may_attach(&self, who: &Who, id: &MessageId, size: u32) -> Result<(), Reject> {
        let files = &self.settings()?.files;
        let takes_part = match who {
            Who::Visitor | Who::SignedIn if self.is_active() => Ok(()),
            Who::Visitor | Who::SignedIn => Err(Code::ChannelClosed),
            Who::Operator { face, .. } => match &self.session {
                None => Err(Code::NoSession),
                Some(session) if session.takes_part(&face.id) => Ok(()),
                Some(_) => Err(Code::NotParticipant),
            },
        };
        takes_part.map_err(Reject)?;
        let others = self.uploads.iter().filter(|(other, _)| *other != id).count();
        let is_anothers = self.uploads.get(id).is_some_and(|upload| upload.by.as_ref() != author(who));
        let sent = self.open_session().map_or(0, |session| session.files);
        Err(Reject(if !files.enabled {
            Code::FilesOff
        } else if size == 0 {
            Code::EmptyText
        } else if size > files.bytes_max() {
            Code::FileTooLarge
        } else if others >= limits::UPLOADS_MAX || sent as usize + others >= files.in_session as usize {
            Code::TooManyFiles
        } else if is_anothers {
            Code::Forbidden
        } else {
            return Ok(());
        }))
    }

    /// Answers with a link to a file: whoever reads the conversation may see what was sent in it.
    pub(super) fn link(&mut self, now: Timestamp, socket: Socket, id: MessageId, upload: bool) {
        let until = now + limits::FILE_LINK;
        let link = Link { conversation: self.id.clone(), id, upload, until };
        self.effects.push_back(Effect::Read { to: socket, query: Query::Link(link) });
    }

    /// What was announced under this id, and what files may be, for who comes with a link to send it.
    ///
    /// # Errors
    /// [`Code::FileGone`] if nothing is on its way under this id.
    pub fn upload(&self, id: &MessageId) -> Result<(&Upload, &Files), Reject> {
        let upload = self.uploads.get(id).ok_or(Reject(Code::FileGone))?;
        Ok((upload, &self.settings()?.files))
    }

    /// The file is in the store.
    pub(super) fn stored(&mut self, id: &MessageId, kind: Kind) -> Result<(), Reject> {
        let upload = self.uploads.get_mut(id).ok_or(Reject(Code::FileGone))?;
        upload.kind = Some(kind);
        let upload = upload.clone();
        self.persist(Record::Upload(id.clone(), Some(upload)));
        Ok(())
    }

    /// A file that is in the store becomes a message.
    pub(super) fn file_message(
        &mut self,
        now: Timestamp,
        socket: Socket,
        who: &Who,
        id: MessageId,
        note: bool,
        epoch: Option<Epoch>,
    ) -> Result<(), Reject> {
        let known = self.tail.find(&id).is_some();
        let upload = self.uploads.get(&id).filter(|upload| upload.by.as_ref() == author(who));
        let draft = match upload {
            Some(Upload { name, size, kind: Some(kind), .. }) => {
                let file = Some(File { kind: *kind, size: *size });
                Draft { id, text: name.clone(), note, epoch, file }
            }
            // It is acknowledged again.
            None if known => Draft { id, text: String::new(), note, epoch, file: None },
            Some(_) | None => return Err(Reject(Code::FileGone)),
        };
        self.message(now, socket, who, draft)
    }

    /// What was on its way is a message now.
    pub(super) fn is_sent(&mut self, id: &MessageId) {
        if self.uploads.remove(id).is_some() {
            self.persist(Record::Upload(id.clone(), None));
            if let Some(session) = &mut self.session {
                session.files = session.files.saturating_add(1);
                self.changes.session = true;
            }
        }
    }

    pub(super) fn next_late_file(&self) -> Option<Timestamp> {
        self.uploads.values().map(|upload| upload.until).min()
    }

    /// What did not become a message in time is forgotten here, and thrown away in the store whether it is there or not.
    pub(super) fn throw_late_files_away(&mut self, now: Timestamp) {
        let is_late = |(id, upload): (&MessageId, &Upload)| (upload.until <= now).then(|| id.clone());
        let late: Vec<_> = self.uploads.iter().filter_map(is_late).collect();
        for id in late {
            self.uploads.remove(&id);
            self.persist(Record::Upload(id.clone(), None));
            let note = Note::Discard { conversation: self.id.clone(), id };
            self.effects.push_back(Effect::Tell { to: Address::Files, topic: Topic::Standing, note });
        }
    }
}

const fn author(who: &Who) -> Option<&OperatorId> {
    match who {
        Who::Visitor | Who::SignedIn => None,
        Who::Operator { face, .. } => Some(&face.id),
    }
}
