//! Proofs that a link was made here: an HMAC of what it says, with the secret of the object that made it.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use shared::reject::Broken;

/// The proof of `claim`, in hexadecimal digits.
pub(crate) fn make(secret: &str, claim: &str) -> Result<String, Broken> {
    let proof = mac(secret, claim)?.finalize().into_bytes();
    Ok(proof.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether `proof` proves `claim`. How long it takes tells nothing of how much of it is right.
pub(crate) fn holds(secret: &str, claim: &str, proof: &str) -> Result<bool, Broken> {
    let digits: Option<Vec<u8>> = (0..proof.len())
        .step_by(2)
        .map(|at| proof.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    let Some(bytes) = digits else { return Ok(false) };
    Ok(mac(secret, claim)?.verify_slice(&bytes).is_ok())
}

fn mac(secret: &str, claim: &str) -> Result<Hmac<Sha256>, Broken> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|error| Broken(format!("the key of a proof: {error}")))?;
    mac.update(claim.as_bytes());
    Ok(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_that_of_the_standard() {
        // RFC 4231, test case 2.
        let proof = make("Jefe", "what do ya want for nothing?").unwrap();
        assert_eq!(proof, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn only_its_own_claim_is_proved() {
        let proof = make("secret", "fetch a").unwrap();
        assert!(holds("secret", "fetch a", &proof).unwrap());
        for (secret, claim, proof) in [
            ("secret", "fetch b", proof.as_str()),
            ("other", "fetch a", &proof),
            ("secret", "fetch a", ""),
            ("secret", "fetch a", &proof[1..]),
            ("secret", "fetch a", &proof[..62]),
            ("secret", "fetch a", "zz"),
            ("secret", "fetch a", "éé"),
        ] {
            assert!(!holds(secret, claim, proof).unwrap(), "{secret} {claim} {proof}");
        }
    }
}
