//! One-time links: the set-up link and invitations. Only the hash of a link's token is stored.

use super::Bound::{Number, Text};
use super::Directory;
use serde::Deserialize;
use shared::api::Role;
use shared::reject::{Broken, Code};
use shared::time::{Millis, Timestamp};

/// How long an invitation may be used.
const INVITE_LIFETIME: Millis = Millis::days(7);

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkKind {
    /// Makes the first administrator.
    Setup,
    /// Lets somebody join.
    Invite,
}

impl LinkKind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Invite => "invite",
        }
    }
}

#[derive(Deserialize)]
struct LinkRow {
    role: Role,
    expires_at: Timestamp,
    used_at: Option<Timestamp>,
}

impl Directory {
    /// The role that the link with this hash gives, or why it gives none.
    pub(crate) async fn link_role(
        &self,
        kind: LinkKind,
        hash: &str,
        now: Timestamp,
    ) -> Result<Result<Role, Code>, Broken> {
        let sql = "SELECT role, expires_at, used_at FROM one_time_link WHERE hash = ?1 AND kind = ?2";
        let row: Option<LinkRow> = self.row(sql, &[Text(hash), Text(kind.as_str())]).await?;
        Ok(match row {
            Some(row) if row.used_at.is_some() => Err(Code::LinkUsed),
            Some(row) if row.expires_at > now => Ok(row.role),
            Some(_) | None => Err(Code::LinkInvalid),
        })
    }

    /// Stores an invitation, and says until when it may be used.
    pub(crate) async fn create_invite(
        &self,
        hash: &str,
        role: Role,
        now: Timestamp,
    ) -> Result<Timestamp, Broken> {
        let expires_at = now + INVITE_LIFETIME;
        let role = match role {
            Role::Operator => "operator",
            Role::Supervisor => "supervisor",
            Role::Admin => "admin",
        };
        let sql = "INSERT INTO one_time_link (hash, kind, role, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        let values =
            [Text(hash), Text(LinkKind::Invite.as_str()), Text(role), Number(now.0), Number(expires_at.0)];
        self.transaction(vec![self.statement(sql, &values)?]).await?;
        Ok(expires_at)
    }
}
