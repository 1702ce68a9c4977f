//! The JSON API: finds the endpoint of a request in the table of `shared`, lets in who may call it, and calls its handler.

mod accounts;
mod channels;
mod fields;
mod guard;
mod keys;

pub(crate) use guard::admit;

use crate::address::capture;
use crate::answer::Answer;
use crate::call::Call;
use crate::failure::{Failure, Refusal};
use crate::pages;
use shared::api::{BASE, ENDPOINTS, Endpoint, EndpointName, Me, Method};
use shared::reject::Code;
use worker::Response;

/// The document that describes the API; the one address that is not in the table, since it is made from it.
const OPENAPI: &str = "/openapi.json";

/// Answers a request to the API.
pub(crate) async fn answer(call: &mut Call) -> Result<Response, Failure> {
    let path = call.address.path.clone();
    let path = path.strip_prefix(BASE).ok_or(Code::NotFound)?;
    if path == OPENAPI {
        return if call.is_read() {
            pages::openapi(call).await
        } else {
            Err(Refusal::method("GET, HEAD").into())
        };
    }
    let (endpoint, id) = find(&call.method, path)?;
    if !call.is_read() && !call.is_from_own_page() {
        return Err(Code::WrongOrigin.into());
    }
    let caller = guard::admit(call, endpoint.need).await?;
    let answer = handle(call, endpoint.name, caller, id).await?;
    Ok(answer.respond(endpoint.success)?)
}

fn find<'p>(method: &str, path: &'p str) -> Result<(&'static Endpoint, &'p str), Refusal> {
    let here: Vec<_> = ENDPOINTS
        .iter()
        .filter_map(|endpoint| capture(endpoint.path, path).map(|id| (endpoint, id)))
        .collect();
    if here.is_empty() {
        return Err(Refusal::of(Code::NotFound));
    }
    let methods: Vec<_> = here.iter().flat_map(|(endpoint, _)| methods(endpoint.method)).copied().collect();
    here.into_iter()
        .find(|(endpoint, _)| methods_have(endpoint.method, method))
        .ok_or_else(|| Refusal::method(methods.join(", ")))
}

const fn methods(method: Method) -> &'static [&'static str] {
    match method {
        Method::Get => &["GET", "HEAD"],
        Method::Post => &["POST"],
        Method::Put => &["PUT"],
    }
}

fn methods_have(method: Method, asked: &str) -> bool {
    methods(method).contains(&asked)
}

async fn handle(
    call: &mut Call,
    name: EndpointName,
    caller: Option<Me>,
    id: &str,
) -> Result<Answer, Failure> {
    let me = caller.ok_or_else(|| Failure::from(Code::SignInRequired));
    match name {
        EndpointName::SetupState => accounts::setup_state(call).await,
        EndpointName::Setup => accounts::setup(call).await,
        EndpointName::Join => accounts::join(call).await,
        EndpointName::SignIn => accounts::sign_in(call).await,
        EndpointName::SignOut => accounts::sign_out(call).await,
        EndpointName::Me => Ok(Answer::json(&me?)?),
        EndpointName::Invite => accounts::invite(call).await,
        EndpointName::Operators => accounts::operators(call).await,
        EndpointName::Channels => channels::list(call).await,
        EndpointName::CreateChannel => channels::create(call, &me?).await,
        EndpointName::Settings => channels::settings(call, id).await,
        EndpointName::ChangeSettings => channels::change_settings(call, id).await,
        EndpointName::Line => channels::line(call, id).await,
        EndpointName::Members => channels::members(call, id).await,
        EndpointName::Keys => keys::list(call, id).await,
        EndpointName::AddKey => keys::add(call, id).await,
        EndpointName::RemoveKey => keys::remove(call, id).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_is_found_by_its_own_address() {
        for endpoint in ENDPOINTS {
            let path = endpoint.path.replace("{channel}", "demo");
            for method in methods(endpoint.method) {
                assert_eq!(find(method, &path).unwrap().0.name, endpoint.name);
            }
        }
    }

    #[test]
    fn a_wrong_method_is_told_the_right_ones() {
        let refusal = find("DELETE", "/channels/demo/settings").unwrap_err();
        assert_eq!(refusal.code, Code::MethodNotAllowed);
        assert_eq!(refusal.allow.as_deref(), Some("GET, HEAD, PUT"));
        assert_eq!(find("GET", "/nothing").unwrap_err().code, Code::NotFound);
        assert_eq!(find("get", "/me").unwrap_err().code, Code::MethodNotAllowed);
    }
}
