using static Navi.Agent.Tools.Checking.ToolCase;

namespace Navi.Agent.Tools.Checking;

/// <summary>
/// Tools of the loop itself. ask_person and finish_task have nothing to execute: the loop takes a valid call of the one to a person and ends the task at one of the other, so what is checked is that it
/// would. read_result has done its work when it has looked the call up: the check is no task and has no calls.
/// </summary>
internal static class LoopCases
{
    public static IReadOnlyList<ToolCase> All { get; } =
    [
        Works("ask_person", """{"question": "Which one?"}""", ""),
        Refuses("ask_person", """{"question": "Which one?", "options": "both"}""", "options: got"),
        Works("finish_task", """{"status": "done", "summary": "x"}""", ""),
        Refuses("finish_task", """{"status": "great", "summary": "x"}""", "status: got"),
        Works("update_plan", """{"steps": [{"text": "look", "done": true}]}""", "1 of 1 steps done"),
        Fails("update_plan", """{"steps": []}""", "expected 1 to 20 steps"),
        Refuses("update_plan", """{"steps": [{"done": true}]}""", "steps[0].text: missing"),
        Works("search_tools", """{"query": "read a file"}""", "read_file"),
        Refuses("search_tools", """{"query": "read", "limit": 0}""", "limit: got 0"),
        new("read_result", ToolCaseKind.Works, """{"call_id": "0-0"}""", "expected the id of an earlier call of this task", IsError: true),
        Fails("read_result", """{"call_id": "nonsense"}""", "expected the id of an earlier call of this task"),
        Refuses("read_result", "{}", "call_id: missing"),
    ];
}
