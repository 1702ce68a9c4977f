//! Passwords: hashed with argon2id at OWASP's cost, kept as PHC strings, compared in constant time.

use crate::{secrets, vars};
use argon2::password_hash::Error as HashError;
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use js_sys::JsString;
use shared::reject::Broken;
use worker::Env;

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// The least memory that OWASP lists, and the least product of memory and passes in its list.
const MEMORY_KIB_MIN: u32 = 7_168;
const WORK_MIN: u32 = 5 * MEMORY_KIB_MIN;
/// All objects of an isolate share 128 MB.
const MEMORY_KIB_MAX: u32 = 65_536;
const PASSES_MAX: u32 = 20;
const LANES: u32 = 1;

/// Hashes and checks passwords at the cost that the deployment chose.
pub(crate) struct Passwords(Argon2<'static>);

impl Passwords {
    /// The cost is OWASP's, or that of the variables `ARGON2_MEMORY_KIB` and `ARGON2_TIME`, never below a safe one.
    pub(crate) fn from_env(env: &Env) -> Result<Self, Broken> {
        Self::new(vars::number(env, "ARGON2_MEMORY_KIB")?, vars::number(env, "ARGON2_TIME")?)
    }

    fn new(memory_kib: Option<u64>, passes: Option<u64>) -> Result<Self, Broken> {
        let (memory_kib, passes) = cost(memory_kib, passes);
        let params = Params::new(memory_kib, passes, LANES, None).map_err(broken)?;
        Ok(Self(Argon2::new(Algorithm::Argon2id, Version::V0x13, params)))
    }

    /// The PHC string to keep for `password`.
    pub(crate) fn hash(&self, password: &str) -> Result<String, Broken> {
        self.hash_with(&normal(password)?, secrets::random()?)
    }

    fn hash_with(&self, password: &str, salt: [u8; 16]) -> Result<String, Broken> {
        self.0
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|hash: PasswordHash| hash.to_string())
            .map_err(broken)
    }

    /// Whether `password` is the one kept as `phc`. Without a `phc` (no such account) it takes the same time to say no.
    pub(crate) fn verify(&self, password: &str, phc: Option<&str>) -> Result<bool, Broken> {
        let password = normal(password)?;
        match phc {
            Some(phc) => self.verify_phc(&password, phc),
            None => self.hash_with(&password, [0; 16]).map(|_| false),
        }
    }

    fn verify_phc(&self, password: &str, phc: &str) -> Result<bool, Broken> {
        let hash = PasswordHash::new(phc).map_err(broken)?;
        match self.0.verify_password(password.as_bytes(), &hash) {
            Ok(()) => Ok(true),
            Err(HashError::PasswordInvalid) => Ok(false),
            Err(error) => Err(broken(error)),
        }
    }
}

/// Memory in KiB and passes, raised to what is safe and bounded by what an isolate can bear.
fn cost(memory_kib: Option<u64>, passes: Option<u64>) -> (u32, u32) {
    let number =
        |value: Option<u64>, default| value.map_or(default, |value| u32::try_from(value).unwrap_or(u32::MAX));
    let memory_kib = number(memory_kib, MEMORY_KIB).clamp(MEMORY_KIB_MIN, MEMORY_KIB_MAX);
    let passes = number(passes, PASSES).max(WORK_MIN.div_ceil(memory_kib)).min(PASSES_MAX);
    (memory_kib, passes)
}

/// One keyboard writes é as one character, another as two.
fn normal(password: &str) -> Result<String, Broken> {
    if password.is_ascii() {
        return Ok(password.to_owned());
    }
    JsString::from(password)
        .normalize("NFC")
        .as_string()
        .ok_or_else(|| Broken("a password was not normalised".into()))
}

fn broken(error: impl core::fmt::Display) -> Broken {
    Broken(format!("argon2: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_matches_its_own_hash_only() {
        let passwords = Passwords::new(None, None).unwrap();
        let phc = passwords.hash_with("correct horse", [7; 16]).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert_eq!(passwords.verify("correct horse", Some(&phc)), Ok(true));
        assert_eq!(passwords.verify("correct horsf", Some(&phc)), Ok(false));
        assert_eq!(passwords.verify("correct horse", None), Ok(false));
        assert!(passwords.verify("correct horse", Some("nonsense")).is_err());
    }

    #[test]
    fn a_hash_made_at_another_cost_still_matches() {
        let phc = Passwords::new(Some(7_168), None).unwrap().hash_with("correct horse", [7; 16]).unwrap();
        assert!(phc.contains("m=7168,t=5"), "{phc}");
        assert_eq!(Passwords::new(None, None).unwrap().verify("correct horse", Some(&phc)), Ok(true));
    }

    #[test]
    fn the_cost_has_a_floor() {
        assert_eq!(cost(None, None), (19_456, 2));
        assert_eq!(cost(Some(1), Some(1)), (7_168, 5));
        assert_eq!(cost(Some(19_456), Some(1)), (19_456, 2));
        assert_eq!(cost(Some(47_104), Some(1)), (47_104, 1));
        assert_eq!(cost(Some(u64::MAX), Some(u64::MAX)), (65_536, 20));
    }
}
