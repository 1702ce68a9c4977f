//! Set-up, joining, signing in and out.

use super::channels;
use super::fields::{Form, stored_email};
use crate::answer::Answer;
use crate::call::Call;
use crate::cookie;
use crate::directory::{Directory, LinkKind, NewAccount, Subject};
use crate::failure::{Failure, Refusal};
use crate::password::Passwords;
use crate::secrets;
use shared::api::{Invite, Join, Me, NewInvite, SetupState, SignIn};
use shared::reject::Code;
use shared::time::Timestamp;

pub(super) async fn setup_state(call: &Call) -> Result<Answer, Failure> {
    let open = !Directory::open(&call.env)?.has_operators().await?;
    Ok(Answer::json(&SetupState { open })?)
}

/// The first administrator answers on every channel that is there already.
pub(super) async fn setup(call: &mut Call) -> Result<Answer, Failure> {
    let (me, answer) = make_account(call, LinkKind::Setup).await?;
    channels::join_all(call, &me.id).await;
    Ok(answer)
}

pub(super) async fn join(call: &mut Call) -> Result<Answer, Failure> {
    make_account(call, LinkKind::Invite).await.map(|(_, answer)| answer)
}

/// What costs time, hashing the password, comes only after everything that may refuse.
async fn make_account(call: &mut Call, kind: LinkKind) -> Result<(Me, Answer), Failure> {
    let form: Join = call.json().await?;
    let directory = Directory::open(&call.env)?;
    let link = secrets::sha256_hex(&form.token);
    let now = call.clock.now();
    let role = directory.link_role(kind, &link, now).await??;
    if kind == LinkKind::Setup && directory.has_operators().await? {
        return Err(Code::LinkUsed.into());
    }
    let (name, email) = checked(&form)?;
    if directory.account(&email).await?.is_some() {
        return Err(Code::EmailTaken.into());
    }
    let me = Me { id: secrets::operator_id(now)?, name, email, role };
    let password = Passwords::from_env(&call.env)?.hash(&form.password)?;
    let token = secrets::token()?;
    let new =
        NewAccount { kind, link: &link, me: &me, password: &password, sign_in: &secrets::sha256_hex(&token) };
    if !directory.create_account(&new, now).await? {
        return Err(Code::LinkUsed.into());
    }
    let answer = Answer::json(&me)?.with_cookie(cookie::grant(&token));
    Ok((me, answer))
}

fn checked(form: &Join) -> Result<(String, String), Refusal> {
    let mut check = Form::default();
    let name = check.name(&form.name);
    let email = check.email(&form.email);
    check.password(&form.password);
    check.check().map(|()| (name, email))
}

/// Whether the account exists can be read neither from the answer nor from how long it takes.
pub(super) async fn sign_in(call: &mut Call) -> Result<Answer, Failure> {
    let form: SignIn = call.json().await?;
    let directory = Directory::open(&call.env)?;
    let now = call.clock.now();
    let email = stored_email(&form.email);
    let network = Subject::Network(call.network());
    let account = Subject::Account { email: email.clone() };
    for subject in [&network, &account] {
        directory.attempt(subject, now).await?.map_err(|opens| wait(call, now, opens))?;
    }
    let found = directory.account(&email).await?;
    let phc = found.as_ref().map(|account| account.password.as_str());
    let right = Passwords::from_env(&call.env)?.verify(&form.password, phc)?;
    let me = found.filter(|_| right).ok_or(Code::WrongCredentials)?.me;
    directory.forgive(&account, &network, now).await?;
    let token = secrets::token()?;
    directory.sign_in(&secrets::sha256_hex(&token), &me.id, now).await?;
    Ok(Answer::json(&me)?.with_cookie(cookie::grant(&token)))
}

/// In seconds of whoever waits, even if our clock runs faster.
fn wait(call: &Call, now: Timestamp, opens: Timestamp) -> Failure {
    let length = call.clock.real(opens).since(call.clock.real(now));
    let seconds = u32::try_from(length.0.div_ceil(1000)).unwrap_or(u32::MAX).max(1);
    Refusal::throttled(seconds).into()
}

pub(super) async fn sign_out(call: &Call) -> Result<Answer, Failure> {
    if let Some(token) = call.sign_in_token() {
        Directory::open(&call.env)?.sign_out(&secrets::sha256_hex(&token)).await?;
    }
    Ok(Answer::empty().with_cookie(cookie::revoke()))
}

pub(super) async fn invite(call: &mut Call) -> Result<Answer, Failure> {
    let NewInvite { role } = call.json().await?;
    let token = secrets::token()?;
    let now = call.clock.now();
    let expires_at =
        Directory::open(&call.env)?.create_invite(&secrets::sha256_hex(&token), role, now).await?;
    Ok(Answer::json(&Invite { token, expires_at })?)
}

pub(super) async fn operators(call: &Call) -> Result<Answer, Failure> {
    Ok(Answer::json(&Directory::open(&call.env)?.operators().await?)?)
}
