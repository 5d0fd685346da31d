"""What a layer has locked, no later one sets."""

from __future__ import annotations

from typing import Any

import pytest

SECRET = "hunter2-Zwaluw"


class TestALockedKey:
    def test_of_the_company_cannot_be_set_by_the_person(self, world: Any) -> None:
        world.write(world.company, 'locked = ["us.domains"]\n[us]\ndomains = ["ons.example"]\n')
        world.write(world.person, f'[us]\nname = "Anna"\ndomains = ["{SECRET}.example"]\n')
        error = world.refusal()
        assert str(error) == (
            f"{world.person}: us.domains: is locked by {world.company}; "
            "take it out of this file, or ask whoever locked it"
        )

    def test_cannot_be_set_by_a_variable(self, world: Any) -> None:
        world.write(world.company, 'locked = ["us.domains"]\n[us]\ndomains = ["ons.example"]\n')
        error = world.refusal({"SALESPREP_US__DOMAINS": f'["{SECRET}.example"]'})
        assert str(error) == (
            f"SALESPREP_US__DOMAINS: us.domains: is locked by {world.company}; "
            "unset the variable, or ask whoever locked it"
        )

    def test_cannot_be_set_by_a_file_that_is_named(self, world: Any) -> None:
        world.write(world.company, 'locked = ["briefing.deadline"]\n')
        named = world.write(world.root / "named.toml", "[briefing]\ndeadline = 3\n")
        assert world.refusal(explicit=named).file == named
        assert world.refusal({"SALESPREP_SETTINGS": str(named)}).file == named

    def test_need_not_have_been_set(self, world: Any) -> None:
        world.write(world.company, 'locked = ["adapters", "links.file"]\n')
        world.write(world.person, '[adapters]\nfolders = ["mine"]\n')
        error = world.refusal()
        assert error.key == "adapters.folders"
        assert error.what == f"is locked by {world.company}, which locks adapters"

    def test_leaves_the_keys_beside_it_free(self, world: Any) -> None:
        world.write(world.company, 'locked = ["us.domains"]\n[us]\ndomains = ["ons.example"]\n')
        world.write(world.person, '[us]\nname = "Anna"\nlocale = "nl_NL"\n')
        assert world.load().us.name == "Anna"

    def test_binds_the_layers_after_it_and_not_itself_or_those_before(self, world: Any) -> None:
        world.write(world.company, '[us]\nname = "Ons"\n')
        world.write(world.person, 'locked = ["us.name"]\n[us]\nname = "Anna"\n')
        assert world.load().us.name == "Anna"
        assert world.refusal({"SALESPREP_US__NAME": "Jan"}).file == "SALESPREP_US__NAME"

    def test_may_be_locked_twice_and_the_first_is_named(self, world: Any) -> None:
        world.write(world.company, f'team = "{world.team}"\nlocked = ["us.name"]\n')
        world.write(world.team, 'locked = ["us.name"]\n')
        world.write(world.person, '[us]\nname = "Anna"\n')
        assert str(world.company) in world.refusal().what

    @pytest.mark.parametrize(
        ("company", "person"),
        [
            ('locked = ["us.name"]\n[us]\nname = "Ons"', '[us]\nname = "Ons"'),
            ('locked = ["us"]\n[us.home]\ncity = "Gent"', '[us]\nhome = { city = "Gent" }'),
            ('locked = ["briefing"]\n[briefing]\ndeadline = 8', "[briefing]\ndeadline = 8.0"),
            (
                'locked = ["us.colleagues"]\n[us]\ncolleagues = [{ name = "B", email = "b@ons.example" }]',
                '[us]\ncolleagues = [{ email = "b@ons.example", name = "B" }]',
            ),
            ('locked = ["sources.crm"]\n[sources.crm]\nadapter = "sql"', "[sources.crm]"),
            ('locked = ["us"]', "[us]"),
        ],
    )
    def test_may_be_set_to_what_it_is(self, world: Any, company: str, person: str) -> None:
        world.write(world.company, company)
        before = world.load()
        world.write(world.person, person)
        after = world.load()
        assert (after.us, dict(after.sources), dict(after.origins)) == (
            before.us,
            dict(before.sources),
            dict(before.origins),
        )

    @pytest.mark.parametrize("value", ["1", '"true"', "[true]", "{ a = true }", "1.0"])
    def test_may_not_be_set_to_what_only_compares_equal(self, world: Any, value: str) -> None:
        world.write(world.company, 'locked = ["sources.crm.on"]\n[sources.crm]\nadapter = "x"\non = true\n')
        world.write(world.person, f"[sources.crm]\non = {value}\n")
        assert (world.refusal().key or "").startswith("sources.crm.on")


class TestALockedSource:
    COMPANY = """
        locked = ["sources.crm"]
        [sources.crm]
        adapter = "sql"
        database = "crm.sqlite"
        [sources.crm.queries]
        person = "select 1"
    """

    @pytest.mark.parametrize(
        ("keys", "key"),
        [
            ('adapter = "rest"', "sources.crm.adapter"),
            ('title = "Mine"', "sources.crm.title"),
            ('database = "/tmp/mine.sqlite"', "sources.crm.database"),
            ('more = "x"', "sources.crm.more"),
            ("queries = 3", "sources.crm.queries"),
            ('queries.account = "select 2"', "sources.crm.queries.account"),
            ("database.x = 1", "sources.crm.database.x"),
            ("database = {}", "sources.crm.database"),
        ],
    )
    def test_takes_no_key(self, world: Any, keys: str, key: str) -> None:
        world.write(world.company, self.COMPANY)
        world.write(world.person, f"[sources.crm]\n{keys}\n")
        assert world.refusal().key == key

    def test_leaves_other_sources_free(self, world: Any) -> None:
        world.write(world.company, self.COMPANY)
        world.write(world.person, '[sources.wiki]\nadapter = "mediawiki"\n[screen]\norder = ["wiki"]\n')
        assert list(world.load().sources) == ["wiki", "crm"]

    def test_can_be_every_source(self, world: Any) -> None:
        world.write(world.company, 'locked = ["sources"]\n[sources.crm]\nadapter = "sql"\n')
        world.write(world.person, '[sources.wiki]\nadapter = "mediawiki"\n')
        assert world.refusal().key == "sources.wiki.adapter"

    def test_said_again_keeps_its_paths_where_they_were(self, world: Any) -> None:
        """The same relative path in another folder is another file."""
        world.write(world.company, self.COMPANY)
        world.write(world.person, '[sources.crm]\nadapter = "sql"\ndatabase = "crm.sqlite"\n')
        assert world.load().sources["crm"].file == world.company


class TestALockedKeyOfASource:
    COMPANY = """
        locked = ["sources.crm.database"]
        [sources.crm]
        adapter = "sql"
        database = "crm.sqlite"
    """

    def test_is_not_lost_to_another_adapter(self, world: Any) -> None:
        world.write(world.company, self.COMPANY)
        world.write(world.person, '[sources.crm]\nadapter = "rest"\n')
        error = world.refusal()
        assert error.key == "sources.crm.adapter"
        assert "which locks sources.crm.database" in error.what

    def test_is_not_lost_to_a_value_in_its_tables_place(self, world: Any) -> None:
        world.write(
            world.company,
            'locked = ["sources.crm.queries.person"]\n[sources.crm]\nadapter = "sql"\nqueries.person = "x"\n',
        )
        world.write(world.person, '[sources.crm]\nqueries = "none"\n')
        assert world.refusal().key == "sources.crm.queries"

    def test_is_not_moved_by_its_neighbours(self, world: Any) -> None:
        world.write(world.company, self.COMPANY)
        world.write(world.person, '[sources.crm]\ncurrency = "EUR"\n')
        crm = world.load().sources["crm"]
        assert (crm.file, crm.config["currency"]) == (world.company, "EUR")

    def test_moves_as_ever_where_only_a_title_is_locked(self, world: Any) -> None:
        world.write(world.company, 'locked = ["sources.crm.title"]\n[sources.crm]\nadapter = "sql"\n')
        world.write(world.person, '[sources.crm]\ndatabase = "mine.sqlite"\n')
        assert world.load().sources["crm"].file == world.person


class TestTheSample:
    def test_is_shown_whatever_is_locked(self, world: Any) -> None:
        world.write(world.company, 'locked = ["us", "sources"]\n[us]\ndomains = ["ons.example"]\n')
        sample = world.write(
            world.root / "sample.toml",
            '[us]\ndomains = ["sample.example"]\n[sources.demo]\nadapter = "sql"\n',
        )
        settings = world.load(sample=sample)
        assert settings.example
        assert settings.us.domains == ("sample.example",)


class TestALockThatIsWrong:
    @pytest.mark.parametrize(
        ("lock", "mend"),
        [
            ("us.domian", 'did you mean "us.domains"?'),
            ("sorces.crm", 'did you mean "sources"?'),
            ("screen.ordre", 'did you mean "screen.order"?'),
            ("us.name.first", "known here: none"),
            ("us.colleagues[1]", 'write it as "us.domains"'),
            ("locked", "known here:"),
            ("team", "known here:"),
            ("us..name", 'write it as "us.domains"'),
            ("us.name = 1", 'write it as "us.domains"'),
            ("us.name #", 'write it as "us.domains"'),
            ("[us]\\nname", 'write it as "us.domains"'),
            ("*", 'write it as "us.domains"'),
        ],
    )
    def test_would_lock_nothing_and_is_refused(self, world: Any, lock: str, mend: str) -> None:
        world.write(world.company, f'locked = ["us.name", "{lock}"]\n')
        error = world.refusal()
        assert (error.file, error.key) == (world.company, "locked[2]")
        assert mend in error.mend
        assert lock not in str(error).replace(error.mend, "").replace(str(world.company), "").replace(
            "locked[2]", ""
        )

    def test_may_name_any_key_of_an_adapter(self, world: Any) -> None:
        world.write(world.company, """locked = ["sources.crm.\\"odd key\\".x", 'sources.wiki.url']\n""")
        locks = world.load().locks
        assert set(locks) == {("sources", "crm", "odd key", "x"), ("sources", "wiki", "url")}

    @pytest.mark.parametrize("value", ['"us.name"', "[1]", '[""]', "true"])
    def test_must_be_a_list_of_keys(self, world: Any, value: str) -> None:
        world.write(world.person, f"locked = {value}\n")
        assert "must be a list of keys" in world.refusal().what

    def test_below_a_heading_is_told_where_it_belongs(self, world: Any) -> None:
        world.write(world.person, '[us]\nname = "Anna"\nlocked = ["us.name"]\n')
        error = world.refusal()
        assert (error.key, error.mend) == ("us.locked", "it belongs at the top, above the first [table]")

    def test_is_set_by_no_variable(self, world: Any) -> None:
        assert world.load({"SALESPREP_LOCKED": '["us.name"]'}).locks == {}
