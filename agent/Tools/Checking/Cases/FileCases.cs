using static Navi.Agent.Tools.Checking.ToolCase;

namespace Navi.Agent.Tools.Checking;

internal static class FileCases
{
    public static IReadOnlyList<ToolCase> All { get; } =
    [
        Works("list_directory", "{}", "README.md"),
        Fails("list_directory", """{"path": "absent"}""", "does not exist"),
        Refuses("list_directory", """{"depth": 9}""", "depth: got 9"),
        Works("read_file", """{"path": "notes.txt"}""", "two"),
        Fails("read_file", """{"path": "absent.txt"}""", "does not exist"),
        Refuses("read_file", "{}", "path: missing"),
        Works("read_files", """{"paths": ["notes.txt", "README.md"]}""", "=== README.md ==="),
        Fails("read_files", """{"paths": ["absent.txt"]}""", "does not exist"),
        Refuses("read_files", """{"paths": "notes.txt"}""", "paths: got"),
        Works("file_info", """{"path": "notes.txt"}""", "sha256"),
        Fails("file_info", """{"path": "absent.txt"}""", "does not exist"),
        Refuses("file_info", """{"file": "notes.txt"}""", "no such field"),
        Works("find_files", """{"glob": "*.md"}""", "docs/guide.md"),
        Fails("find_files", """{"glob": ""}""", "not a file pattern"),
        Refuses("find_files", "{}", "glob: missing"),
        Works("search_text", """{"query": "Total"}""", "src/Cart.cs:5"),
        Fails("search_text", """{"query": "(", "regex": true}""", "valid regular expression"),
        Refuses("search_text", """{"query": 3}""", "query: got 3"),
        Works("write_file", """{"path": "new/file.txt", "content": "x"}""", "Created new/file.txt"),
        Fails("write_file", """{"path": "../file.txt", "content": "x"}""", "'..'"),
        Refuses("write_file", """{"path": "file.txt"}""", "content: missing"),
        Works("edit_file", """{"path": "notes.txt", "old_text": "two", "new_text": "2"}""", "notes.txt"),
        Fails("edit_file", """{"path": "notes.txt", "old_text": "three", "new_text": "3"}""", "notes.txt"),
        Refuses("edit_file", """{"path": "notes.txt"}""", "old_text: missing"),
        Works("apply_patch", """{"patch": "--- a/notes.txt\n+++ b/notes.txt\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"}""", "Applied"),
        Fails("apply_patch", """{"patch": "no patch"}""", "Nothing was applied"),
        Refuses("apply_patch", "{}", "patch: missing"),
        Works("move_file", """{"from": "notes.txt", "to": "docs/notes.txt"}""", "Moved notes.txt"),
        Fails("move_file", """{"from": "absent.txt", "to": "x.txt"}""", "does not exist"),
        Refuses("move_file", """{"from": "notes.txt"}""", "to: missing"),
        Works("delete_file", """{"path": "notes.txt"}""", "Deleted notes.txt"),
        Fails("delete_file", """{"path": "docs"}""", "set recursive"),
        Refuses("delete_file", """{"path": "docs", "recursive": "yes"}""", "recursive: got"),
        Works("replace_text", """{"glob": "*.txt", "find": "two", "replace": "2"}""", "Replaced 1 occurrence"),
        Fails("replace_text", """{"glob": "*.txt", "find": "absent", "replace": "x"}""", "does not occur"),
        Refuses("replace_text", """{"glob": "*.txt"}""", "find: missing"),
        Works("rename_identifier", """{"old_name": "Total", "new_name": "Sum"}""", "Renamed Total to Sum"),
        Fails("rename_identifier", """{"old_name": "Absent", "new_name": "Sum"}""", "nothing was changed"),
        Refuses("rename_identifier", """{"old_name": "Total"}""", "new_name: missing"),
    ];
}
