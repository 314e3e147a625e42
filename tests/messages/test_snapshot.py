from messages import Directory, Register


def test_what_is_made_of_a_snapshot_is_made_once_and_of_each_anew():
    for one, other in ((Directory(own_domains=()), Directory(own_domains=())), (Register(), Register())):
        made = one.made(_list_of)
        assert made == [one]
        assert one.made(_list_of) is made
        assert other.made(_list_of) is not made


def _list_of(snapshot):
    return [snapshot]
