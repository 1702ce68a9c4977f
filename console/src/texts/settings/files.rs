//! Which files people may send each other.

use super::{Options, Said};

pub(crate) struct Files {
    pub(crate) title: &'static str,
    pub(crate) enabled: Said,
    pub(crate) megabytes: Said,
    pub(crate) in_session: Said,
    pub(crate) kinds: Said,
    pub(crate) groups: Options,
}

pub(crate) const EN: Files = Files {
    title: "Files",
    enabled: Said("Send files", "Visitors and operators may send each other files."),
    megabytes: Said("Largest file, in megabytes", ""),
    in_session: Said("Files in one chat", "Of the visitor and of the operators together."),
    kinds: Said("What may be sent", "What a file is, is judged by its content, not by its name."),
    groups: &[
        ("Images", "PNG, JPEG, GIF, WebP, AVIF and HEIC."),
        ("Documents", "PDF, plain text, and documents of office programs."),
        ("Sound and video", ""),
        ("Archives", "Packed folders; nobody looks into them."),
        (
            "Everything else",
            "Programs, web pages and drawings with scripts too. Only for people who know what they open.",
        ),
    ],
};

pub(crate) const FR: Files = Files {
    title: "Fichiers",
    enabled: Said("Envoyer des fichiers", "Les visiteurs et les opérateurs peuvent s’envoyer des fichiers."),
    megabytes: Said("Taille maximale d’un fichier, en mégaoctets", ""),
    in_session: Said("Fichiers par conversation", "Ceux du visiteur et des opérateurs ensemble."),
    kinds: Said("Ce qui peut être envoyé", "La nature d’un fichier est jugée à son contenu, pas à son nom."),
    groups: &[
        ("Images", "PNG, JPEG, GIF, WebP, AVIF et HEIC."),
        ("Documents", "PDF, texte brut et documents bureautiques."),
        ("Son et vidéo", ""),
        ("Archives", "Dossiers compressés ; personne n’en vérifie le contenu."),
        (
            "Tout le reste",
            "Y compris les programmes, les pages web et les dessins à scripts. Réservé à qui sait ce qu’il ouvre.",
        ),
    ],
};
