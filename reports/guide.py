"""The guide at the end of a book: what each page shows, and which of the four proofs stands behind it."""

from reports.tables import Table

HOW_TO_READ = Table(
    "How to read the pages",
    ("page", "what it shows"),
    (
        (
            "Summary",
            "The verdict, whether it is a go, and why. Key figures have names that formulas can use.",
        ),
        ("Account", "Each source row of a file is carried, set aside or not in scope; the three add up."),
        ("", "A carried row is written, already there or on a list only, looked up in the target (proof 1)."),
        ("", "Unproven: a carried row that the target does not show. It must be 0."),
        ("Left", "Rows that still stand with a closing company, read from the target alone (proof 4)."),
        ("Totals", "Source equals target plus explained. Unpaid work is in whole minutes."),
        ("Differences", "What a proof found: table, key, column and source row; values with --reveal."),
        ("Findings", "One line per rule, worst first. The rule leads to its rows."),
        ("Finding rows", "File and row of each finding; values with --reveal, for they may be personal."),
        ("Transfers", "Live components by kind and receiving region. Left behind: of held persons (G01)."),
        ("", "Not added: known to the company alone, and its row is set aside."),
        ("Officers", "Who has the moved components: own practitioner, default officer, nobody yet."),
        ("Staff", "Employees by outcome and region; salaries, what changes them, and the payroll build."),
        ("Unpaid work", "The minutes of Totals in hours."),
        (
            "Workload",
            "Persons and practitioners of each team on Monday; the pack's workload book names them.",
        ),
        ("Open questions", "Every question that waits for a decision, with the rows behind it."),
        ("Target rows", "Rows and fields that the sources ask for, against the target (proofs 1 and 2)."),
        ("Tables", "Rows of the target that belong to the company, before and after the run."),
        ("Basis", "What layouts, codes, routing and pay stand on: public (of a year), assumed, or sample."),
        ("Chart data", "The figures behind the charts of the summary."),
    ),
)

PROOFS = Table(
    "What is proved, and against what",
    ("proof", "what is compared"),
    (
        ("destination (1)", "Every carried row against the target: where it is, or which list has it."),
        ("field (2)", "Every field written from a source, against the source text read by a second reader."),
        ("unchanged (3)", "Every row around moved persons against a snapshot taken before the load."),
        ("left (4)", "The target alone: nothing of what moves stands with a closing company any more."),
        ("access", "Who may see each restricted person, per person and user, before and after."),
        ("total", "Rows and totals of the sources against those of the target."),
        ("own records", "Ledger, crosswalk and before-images, which undo needs, against the load."),
    ),
)
"""Where a proof does not reach is said in docs/proofs.md."""
