//! Who may not come in, and what they are told.

use tests::browser::Stage;
use tests::rig::Rig;

#[test]
fn a_used_setup_link_says_so() {
    Stage::play(Rig::start(), |stage| {
        stage.rig.admin();
        let late = stage.stranger();
        late.expects("/api/v1/setup - Failed to load resource");
        late.go(&stage.setup_link());
        late.reads("@setup-form", "You are the first one here");
        let address = late.script("return location.href;", &serde_json::json!([]));
        assert_eq!(address, stage.console(), "the link's secret stays in the address");
        late.makes_account("Eve Late", "eve@shop.example", "a counter window");
        late.reads("@form-error", "This set-up link has been used. Sign in with the account that was made.");
        late.sees_no("@password");
    });
}

#[test]
fn a_wrong_password_is_refused_in_clear_words() {
    Stage::play(Rig::start(), |stage| {
        let email = &stage.rig.admin().me.email;
        let guest = stage.stranger();
        guest.expects("/api/v1/me - Failed to load resource");
        guest.expects("/api/v1/sign-in - Failed to load resource");
        guest.go(&stage.console());
        guest.signs_in(email, "not the password");
        guest.reads(
            "@form-error",
            "This address and password do not go together. Check both, then try again.",
        );
        guest.reload();
        guest.signs_in(email, tests::rig::PASSWORD);
        guest.is_at_desk();
        guest.click("@signout");
        guest.sees("@email");
    });
}
