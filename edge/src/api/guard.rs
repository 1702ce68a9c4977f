//! The one place that decides whether a caller may do what they ask.

use crate::call::Call;
use crate::directory::Directory;
use crate::failure::Failure;
use crate::secrets;
use shared::access::Need;
use shared::api::Me;
use shared::reject::Code;

/// Lets the caller in if they are what `need` asks for, and says who they are. Nobody is looked up where nobody is needed.
pub(crate) async fn admit(call: &Call, need: Need) -> Result<Option<Me>, Failure> {
    if need == Need::Nobody {
        return Ok(None);
    }
    let caller = match call.sign_in_token() {
        Some(token) => {
            Directory::open(&call.env)?.signed_in(&secrets::sha256_hex(&token), call.clock.now()).await?
        }
        None => None,
    };
    let role = caller.as_ref().map(|me| me.role);
    match role {
        _ if need.allows(role) => Ok(caller),
        Some(_) => Err(Code::Forbidden.into()),
        None => Err(Code::SignInRequired.into()),
    }
}
