//! The channels and their settings. Settings are the desk's; the directory only remembers them.

use super::fields::Form;
use crate::answer::Answer;
use crate::call::Call;
use crate::desk;
use crate::directory::{self, ChannelRow, Directory};
use crate::failure::{Failure, Refusal};
use crate::internal::Change;
use crate::secrets;
use crate::zones::RuntimeZones;
use shared::api::{Channel, Me, NewChannel, VersionedSettings};
use shared::id::{ChannelId, OperatorId};
use shared::limits::MEMBERS_MAX;
use shared::note::Face;
use shared::reject::{Broken, Code};
use shared::settings::{FieldCode, FieldError, Queue, Settings};
use shared::time::Timestamp;
use worker::{Env, console_error};

/// How often somebody else's change in between is taken for an accident.
const TRIES: usize = 3;
/// Leaves room in an id for what makes it different from another.
const SLUG_MAX: usize = 32;

pub(super) async fn list(call: &Call) -> Result<Answer, Failure> {
    let channels = Directory::open(&call.env)?.channels().await?;
    let channels: Vec<_> = channels.into_iter().map(shown).collect();
    Ok(Answer::json(&channels)?)
}

fn shown(row: ChannelRow) -> Channel {
    Channel { id: row.id, name: row.name, active: row.settings.active }
}

/// Whoever makes a channel answers on it.
pub(super) async fn create(call: &mut Call, me: &Me) -> Result<Answer, Failure> {
    let NewChannel { name } = call.json().await?;
    let mut form = Form::default();
    let name = form.name(&name);
    form.check()?;
    let directory = Directory::open(&call.env)?;
    let queue = Queue { members: vec![me.id.clone()], ..Queue::default() };
    let settings = Settings { queue, ..Settings::default() };
    let slug = slug(&name);
    for ending in endings()? {
        let id = id(&format!("{slug}{ending}"))?;
        let row = ChannelRow {
            id,
            name: name.clone(),
            settings: settings.clone(),
            version: 1,
            paused_until: Timestamp(0),
        };
        if directory.create_channel(&row, call.clock.now()).await? {
            return Ok(Answer::json(&shown(row))?);
        }
    }
    Err(Broken("no free id for a channel".into()).into())
}

/// None at first, then ones that are hardly taken.
fn endings() -> Result<Vec<String>, Broken> {
    let mut endings = vec![String::new()];
    for _ in 0..TRIES {
        let [a, b, c] = secrets::random()?;
        endings.push(format!("-{a:02x}{b:02x}{c:02x}"));
    }
    Ok(endings)
}

fn id(text: &str) -> Result<ChannelId, Broken> {
    text.parse().map_err(|_| Broken("a channel's id is not valid".into()))
}

/// What of a name may stand in an address.
fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .to_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let slug: String = words.join("-").chars().take(SLUG_MAX).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "channel".to_owned() } else { slug.to_owned() }
}

pub(super) async fn settings(call: &Call, channel: &str) -> Result<Answer, Failure> {
    let channel = existing(&call.env, channel).await?;
    Ok(Answer::json(&desk::settings(&call.env, &channel).await?)?)
}

pub(super) async fn change_settings(call: &mut Call, channel: &str) -> Result<Answer, Failure> {
    let channel = existing(&call.env, channel).await?;
    let settings: VersionedSettings = call.json().await?;
    let people = directory::faces(&call.env).await?;
    Refusal::unless_empty(errors(&settings.settings, &people))?;
    let saved = change(&call.env, &channel, &Change { settings, people }).await?;
    Ok(Answer::json(&saved)?)
}

/// The desk tells the directory too, but later: who saves wants the next visitor to see it.
async fn change(env: &Env, channel: &ChannelId, change: &Change) -> Result<VersionedSettings, Failure> {
    let saved = desk::change_settings(env, channel, change).await?;
    directory::save_settings(env, channel, saved.version, &saved.settings).await?;
    Ok(saved)
}

pub(super) async fn line(call: &Call, channel: &str) -> Result<Answer, Failure> {
    let channel = existing(&call.env, channel).await?;
    Ok(Answer::json(&desk::line(&call.env, &channel).await?)?)
}

pub(super) async fn members(call: &Call, channel: &str) -> Result<Answer, Failure> {
    let channel = existing(&call.env, channel).await?;
    Ok(Answer::json(&desk::line(&call.env, &channel).await?.people)?)
}

/// All that is wrong, with what only the runtime and the directory know: which zones and which people there are.
fn errors(settings: &Settings, people: &[Face]) -> Vec<FieldError> {
    const ZONE: &str = "working_hours.schedule.zone";
    let mut errors = settings.errors();
    let zone = settings.working_hours.schedule.as_ref().map(|hours| hours.zone.as_str());
    let told = errors.iter().any(|error| error.field == ZONE);
    if !told && zone.is_some_and(|zone| !RuntimeZones.knows(zone)) {
        errors.push(FieldError::new(ZONE, FieldCode::Unknown));
    }
    for (index, member) in settings.queue.members.iter().enumerate() {
        if !people.iter().any(|face| face.id == *member) {
            errors.push(FieldError::new(format!("queue.members.{index}"), FieldCode::Unknown));
        }
    }
    errors
}

pub(super) async fn existing(env: &Env, channel: &str) -> Result<ChannelId, Failure> {
    let id: ChannelId = channel.parse().map_err(|_| Code::NotFound)?;
    let row = Directory::open(env)?.channel(&id).await?.ok_or(Code::NotFound)?;
    Ok(row.id)
}

/// Makes `who` a member of every channel. The account exists by now, so a channel that fails is logged and left to the
/// settings page.
pub(super) async fn join_all(call: &Call, who: &OperatorId) {
    let channels = match Directory::open(&call.env) {
        Ok(directory) => directory.channels().await,
        Err(broken) => Err(broken),
    };
    match channels {
        Ok(channels) => {
            for channel in channels {
                if let Err(failure) = join(&call.env, &channel.id, who).await {
                    console_error!("the first administrator did not join {}: {failure:?}", channel.id);
                }
            }
        }
        Err(Broken(what)) => console_error!("the first administrator joined no channel: {what}"),
    }
}

async fn join(env: &Env, channel: &ChannelId, who: &OperatorId) -> Result<(), Failure> {
    let mut last = Failure::from(Code::VersionConflict);
    let people = directory::faces(env).await?;
    for _ in 0..TRIES {
        let mut settings = desk::settings(env, channel).await?;
        let members = &mut settings.settings.queue.members;
        if members.contains(who) {
            return Ok(());
        }
        if members.len() >= MEMBERS_MAX {
            return Err(Code::TooLarge.into());
        }
        members.push(who.clone());
        match change(env, channel, &Change { settings, people: people.clone() }).await {
            Err(Failure::Refused(refusal)) if refusal.code == Code::VersionConflict => {
                last = Failure::Refused(refusal);
            }
            other => return other.map(drop),
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address() {
        let cases = [
            ("Demo shop", "demo-shop"),
            ("  Ventes — France! ", "ventes-france"),
            ("שלום", "channel"),
            ("--", "channel"),
            ("a b c d e f g h i j k l m n o p q r", "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p"),
        ];
        for (name, wanted) in cases {
            assert_eq!(slug(name), wanted, "{name}");
            assert!(format!("{wanted}-0a0b0c").parse::<ChannelId>().is_ok());
        }
    }
}
