"""Elements of a web page. Text is escaped by lxml, never by hand."""

from lxml import etree

from reports.cell_text import escape_control_characters


def element(
    tag: str, *content: "etree._Element | str", class_: str = "", **attributes: str
) -> etree._Element:
    """`tag` with its content in order; what XML cannot hold becomes a visible escape."""
    result = etree.Element(tag, attributes)
    if class_:
        result.set("class", class_)
    for one in content:
        if not isinstance(one, str):
            result.append(one)
        elif len(result):
            result[-1].tail = (result[-1].tail or "") + escape_control_characters(one)
        else:
            result.text = (result.text or "") + escape_control_characters(one)
    return result
