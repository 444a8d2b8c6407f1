namespace Navi.Functions.OpenApi.Examples;

/// <summary>Tasks as they may look on the wire; a test holds them against their schemas.</summary>
internal static class TaskExamples
{
    public const string Create = """{"repository":"https://git.example.com/tools/calc.git","task":"rename add_numbers to sum_numbers and run the tests","mode":"auto"}""";

    public const string Queued =
        """
        {"id":"0199f1c2-7d6b-7a51-9851-bc599d97a97c","repository":"https://git.example.com/tools/calc.git","task":"rename add_numbers to sum_numbers and run the tests","provider":"auto",
        "mode":"auto","environment":"Production","requester":"ada","status":"queued","created_at":"2026-01-31T08:00:00Z","deadline_at":"2026-02-02T08:00:00Z","pre_approved":false,
        "left_out":[],"left_out_count":0,"cost":0,"input_tokens":0,"output_tokens":0,"unpriced_calls":0,"suspended":false}
        """;

    public const string Fork = """{"call_id":"3-1","task":"the same, but without a new dependency","mode":"deep"}""";

    public const string Forked =
        """
        {"id":"0199f1c2-8a01-7c11-8e21-5d2f1c0b9a77","repository":"https://git.example.com/tools/calc.git","task":"the same, but without a new dependency","provider":"auto",
        "mode":"deep","environment":"Production","requester":"ada","status":"queued","created_at":"2026-01-31T09:00:00Z","deadline_at":"2026-02-02T09:00:00Z","pre_approved":false,
        "left_out":[],"left_out_count":0,"cost":0,"input_tokens":0,"output_tokens":0,"unpriced_calls":0,"suspended":false,
        "forked_from":{"task":"0199f1c2-7d6b-7a51-9851-bc599d97a97c","call_id":"3-1"}}
        """;

    public const string Page = """{"items":[],"next":"0199f1c2-7d6b-7a51-9851-bc599d97a97c"}""";

    public const string Events =
        """
        id: 1
        event: task_created
        data: {"seq":1,"at":"2026-01-31T08:00:00Z","type":"task_created","data":{"repository":"https://git.example.com/tools/calc.git"}}

        """;

    public const string Diff = "--- a/calc.py\n+++ b/calc.py\n@@ -1 +1 @@\n-def add_numbers(a, b):\n+def sum_numbers(a, b):\n";
}
