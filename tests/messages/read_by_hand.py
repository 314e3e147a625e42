"""Which lines of three suites of quoted mail are their author's own, read by hand.

The suites come without a machine-readable expectation. A table maps a file to its lines, counted from 1, both ends
included.
"""

_FIRST_FIVE = (
    "1 10 11 12 13 14 16 17 18 22 23 24 25 26 7 8 9 danish_dash_separator en_multiline_2 finnish fr_multiline "
    "french_2 french_dash_separator german german_2 german_outlook gmail_split_line_from ios_outlook "
    "ios_outlook_fr italian msn norwegian_gmail one_is_not_on original_message original_message_2 "
    "outlook_split_line_from portuguese russian tricky_10_special_chars_in_name "
    "tricky_12_no_space_after_header tricky_14_long_quote_header tricky_15_original_message_variations "
    "tricky_2_url_with_wrote tricky_4_from_in_body tricky_5_mixed_languages tricky_8_sent_from_in_content "
    "with_regards"
)
CRISP = dict.fromkeys((f"email_{name}.txt" for name in _FIRST_FIVE.split()), "1-5") | {
    "correct_sig.txt": "1",
    "email_15.txt": "1-5,9-11",
    "email_19.txt": "1-3",
    "email_2.txt": "1,9-34",
    "email_20.txt": "1",
    "email_2_1.txt": "1",
    "email_3.txt": "1-3",
    "email_4.txt": "1",
    "email_5.txt": "1-15",
    "email_6.txt": "1-3",
    "email_blackberry.txt": "1",
    "email_bullets.txt": "1-9",
    "email_custom_quote_header.txt": "1",
    "email_customer_quote_header_2.txt": "1",
    "email_customer_quote_header_3.txt": "1-3",
    "email_emoji.txt": "1",
    "email_german_3.txt": "1-5,9",
    "email_iphone.txt": "1",
    "email_multi_word_sent_from_my_mobile_device.txt": "1",
    "email_not_a_signature.txt": "1-13",
    "email_not_a_signature_2.txt": "1-10",
    "email_reply_header.txt": "1-9",
    "email_sent_from.txt": "1",
    "email_sent_from_my_not_signature.txt": "1-3",
    "email_thread.txt": "1",
    "email_tricky_11_double_signature.txt": "1",
    "email_tricky_13_timestamp_variations.txt": "1-9",
    "email_tricky_16_unicode_signatures.txt": "1",
    "email_tricky_17_forward_header.txt": "1",
    "email_tricky_18_inline_reply.txt": "4,8,12",
    "email_tricky_19_quote_without_header.txt": "1,7,12",
    "email_tricky_1_on_false_positive.txt": "1-6",
    "email_tricky_20_html_entities.txt": "1-3",
    "email_tricky_3_code_block.txt": "1-12",
    "email_tricky_6_regards_in_sentence.txt": "1-7",
    "email_tricky_7_multiple_dashes.txt": "1-15",
    "email_tricky_9_nested_quotes.txt": "1",
    "email_unquoted_reply.txt": "1",
    "email_zoho.txt": "1-2",
    "sig_no_empty_line.txt": "1",
}
GITHUB = {
    "correct_sig.txt": "1",
    "email_1_1.txt": "1-5",
    "email_1_2.txt": "1,9-34",
    "email_1_3.txt": "1-3",
    "email_1_4.txt": "1",
    "email_1_5.txt": "1-15",
    "email_1_6.txt": "1-3",
    "email_1_7.txt": "1",
    "email_1_8.txt": "13,19",
    "email_2_1.txt": "1",
    "email_2_2.txt": "1",
    "email_2_3.txt": "1",
    "email_BlackBerry.txt": "1",
    "email_bullets.txt": "1-9",
    "email_iPhone.txt": "1",
    "email_multi_word_sent_from_my_mobile_device.txt": "1",
    "email_one_is_not_on.txt": "1-5",
    "email_sent_from_my_not_signature.txt": "1-3",
    "email_sig_delimiter_in_middle_of_line.txt": "1-7",
    "greedy_on.txt": "1-6",
    "pathological.txt": "1-2",
}
ZAPIER = GITHUB | {
    "email_gmail.txt": "1",
    "email_headers_no_delimiter.txt": "1",
    "email_partial_quote_header.txt": "1-6",
}


def numbers(lines: str) -> list[int]:
    """Expand "1-3,7" to its numbers."""
    pairs = (one.partition("-") for one in lines.split(",") if one)
    return [number for first, _, last in pairs for number in range(int(first), int(last or first) + 1)]
