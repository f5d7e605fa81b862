"""How the surveys were worded before they were renewed in 2020, and what graduates write freely."""

RENEWED = 2020

# Question -> the heading of its column until 2019; the others have today's.
HEADINGS = {
    "time_to_first": "Missä ajassa sait ensimmäisen työ- tai opiskelupaikan?",
    "main_activity": "Mitä teet pääasiallisesti tällä hetkellä?",
    "all_activities": "Mitä kaikkea teet tällä hetkellä? Voit valita useita.",
    "region_of_residence": "Nykyinen asuinmaakuntasi",
    "number_of_jobs": "Montako työtä tai työnantajaa sinulla on?",
    "form_of_employment": "Työsuhteen laatu",
    "work_in_field": "Vastaako nykyinen työsi koulutustasi?",
    "work_tasks": "Millaisia alan töitä teet? Voit valita useita.",
    "employer": "Työnantajan sektori",
    "income_class": "Kuukausitulosi ennen veroja",
    "applied_further": "Haitko jatko-opintoihin?",
    "accepted_further": "Tulitko valituksi jatko-opintoihin?",
    "further_where": "Missä jatkat opintojasi? Voit valita useita.",
    "satisfaction_overall": "Kuinka tyytyväinen olit saamaasi koulutukseen?",
    "would_recommend": "Suositteletko koulutustasi muille?",
    "would_choose_again": "Valitsisitko saman koulutuksen uudelleen?",
    "prior_education": "Aiempi koulutuksesi",
    "hobbies_before": "Musiikki- ja tanssiharrastukset ennen opintoja",
    "comments": "Vapaa sana",
}

# Question, option -> how it read until 2019, in Finnish and in Swedish; the others read as today.
# Several wordings of one option were several options then: the catalogue puts them together.
OPTIONS = {
    # In what form of work was not asked until 2020.
    ("main_activity", "mainly_employed"): (("Työssä", "I arbete"),),
    ("main_activity", "employed_student"): (("Työssä ja opiskelen", "Arbetar och studerar"),),
    ("main_activity", "full_time_student"): (("Opiskelija", "Studerande"),),
    ("main_activity", "unemployed"): (("Työtön työnhakija", "Arbetslös arbetssökande"),),
    ("main_activity", "conscript"): (
        ("Armeijassa tai siviilipalveluksessa", "I militären eller civiltjänst"),
    ),
    ("main_activity", "pensioner"): (("Eläkeläinen", "Pensionär"),),
    ("main_activity", "other_unknown"): (
        ("Kotona lasten kanssa", "Hemma med barn"),
        ("Välivuosi", "Mellanår"),
        ("Muu, mikä?", "Annat, vad?"),
    ),
    ("main_activity", "emigrated"): (("Asun ulkomailla", "Jag bor utomlands"),),
    ("form_of_employment", "permanent"): (("Vakituinen työsuhde", "Fast anställning"),),
    ("form_of_employment", "fixed_term"): (("Määräaikainen työsuhde", "Visstidsanställning"),),
    ("form_of_employment", "business"): (("Yrittäjä tai toiminimi", "Firma"),),
    ("form_of_employment", "light_entrepreneur"): (("Yrittäjä tai toiminimi", "Firma"),),
    ("work_in_field", "whole"): (("Kyllä", "Ja"),),
    ("work_in_field", "no"): (("Ei lainkaan", "Inte alls"),),
    ("employer", "municipality"): (("Kunta tai kuntayhtymä", "Kommun eller samkommun"),),
    ("income_class", "under_1000"): (("Alle 1000 euroa", "Under 1000 euro"),),
    ("income_class", "to_1500"): (("1000–1499 euroa", "1000–1499 euro"),),
    ("income_class", "to_2000"): (("1500–1999 euroa", "1500–1999 euro"),),
    ("income_class", "to_2500"): (("2000–2499 euroa", "2000–2499 euro"),),
    ("income_class", "to_3000"): (("2500–2999 euroa", "2500–2999 euro"),),
    ("income_class", "over_3000"): (("3000 euroa tai enemmän", "3000 euro eller mer"),),
    # Until 2019 there was no middle: those without an opinion took a side.
    ("satisfaction_overall", "3"): (
        ("Melko tyytyväinen", "Ganska nöjd"),
        ("Melko tyytymätön", "Ganska missnöjd"),
    ),
    ("prior_education", "comprehensive"): (("Peruskoulu", "Grundskola"),),
    ("prior_education", "upper_secondary"): (("Lukio", "Gymnasium"),),
    ("hobbies_before", "basic_arts_music"): (("Musiikkiopisto", "Musikinstitut"),),
    ("hobbies_before", "basic_arts_dance"): (("Tanssiopisto", "Dansinstitut"),),
}

COMMENTS = {
    "comments_education": (
        ("Lisää yrittäjyyttä ja veroasioita.", "Mer om företagande och beskattning."),
        ("Enemmän bändisoittoa ja esiintymisiä.", "Mer bandspel och fler uppträdanden."),
        ("Uraohjausta jo ensimmäisenä vuonna.", "Karriärhandledning redan första året."),
        ("Työpaikkajaksoja enemmän.", "Det kunde finnas fler perioder på arbetsplatser."),
        ("Soittotunteja ei saa vähentää.", "Skär inte ner på de enskilda lektionerna."),
    ),
    "comments_work": (
        ("Teen keikkoja ja opetan muutamaa oppilasta.", "Jag har spelningar och några elever."),
        ("Päivätyö on muualla.", "Dagsarbetet är något annat."),
        ("Tulot vaihtelevat paljon kuukaudesta toiseen.", "Inkomsterna varierar mycket per månad."),
    ),
    "comments": (
        ("Kiitos hyvistä vuosista!", "Tack för de goda åren!"),
        ("Kysely oli sopivan pituinen.", "Enkäten var lagom lång."),
        ("Kertokaa tuloksista meillekin.", "Berätta om resultaten för oss också."),
    ),
}  # fmt: skip
