using static Navi.Agent.Tools.Checking.ToolCase;

namespace Navi.Agent.Tools.Checking;

internal static class RunCases
{
    public static IReadOnlyList<ToolCase> All { get; } =
    [
        Works("run_command", """{"command": "cat notes.txt"}""", "two"),
        Fails("run_command", """{"command": "exit 3"}""", "[exit code 3]"),
        Refuses("run_command", """{"command": "true", "timeout_seconds": 0}""", "timeout_seconds: got 0"),
        Works("run_build", """{"directory": ""}""", "`npm run build`: built"),
        Fails("run_build", """{"directory": "docs"}""", "No project with something to build was found"),
        Refuses("run_build", """{"project": "x"}""", "no such field"),
        Works("run_tests", """{"directory": ""}""", "`make test`: passed"),
        Fails("run_tests", """{"directory": "docs"}""", "No tests were found"),
        Refuses("run_tests", """{"timeout_seconds": "x"}""", "timeout_seconds: got"),
        Works("run_linter", "{}", "`make lint`: nothing found"),
        Fails("run_linter", """{"directory": "docs"}""", "No linter was found"),
        Refuses("run_linter", """{"timeout_seconds": 0}""", "timeout_seconds: got 0"),
        Works("run_formatter", "{}", "`make fmt`: done"),
        Fails("run_formatter", """{"directory": "docs"}""", "No formatter was found"),
        Refuses("run_formatter", """{"timeout_seconds": 0}""", "timeout_seconds: got 0"),
        Works("parse_test_report", """{"path": "junit.xml"}""", "JUnit: 1 passed"),
        Fails("parse_test_report", """{"path": "notes.txt"}""", "is no report of tests"),
        Refuses("parse_test_report", "{}", "path: missing"),
        Works("parse_coverage", """{"path": "cobertura.xml"}""", "Cobertura: 1 of 1 lines ran"),
        Fails("parse_coverage", """{"path": "notes.txt"}""", "is no report of coverage"),
        Refuses("parse_coverage", "{}", "path: missing"),
        Works("read_json_path", """{"path": "data.json", "json_path": "$.items[0].name"}""", "pear"),
        Fails("read_json_path", """{"path": "notes.txt", "json_path": "$"}""", "can't be read as JSON"),
        Refuses("read_json_path", """{"path": "data.json"}""", "json_path: missing"),
        Works("validate_yaml", "{}", "1 file with 1 document: no problem found"),
        Fails("validate_yaml", """{"glob": "*.toml"}""", "matches no file"),
        Refuses("validate_yaml", """{"glob": null}""", "glob: got null"),
        Works("scan_secrets", "{}", "Nothing that looks like a secret"),
        Fails("scan_secrets", """{"glob": ""}""", "not a file pattern"),
        Refuses("scan_secrets", """{"max_results": 0}""", "max_results: got 0"),
        Works("check_links", "{}", "1 links checked, 0 broken"),
        Fails("check_links", """{"glob": ""}""", "not a file pattern"),
        Refuses("check_links", """{"max_results": 0}""", "max_results: got 0"),
    ];
}
