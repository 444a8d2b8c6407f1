using System.Text;

namespace Navi.Cli.GoLive;

/// <summary>The checklist as docs/GO_LIVE.md.</summary>
internal static class GoLiveDocument
{
    private const string Head =
        """
        # Going live

        What must be true before people rely on a deployment. `navi golive` looks at a running one:

        ```
        navi golive --url https://navi.example.com --prometheus http://prometheus:9090 --alertmanager http://alertmanager:9093 --grafana https://grafana.example.com --documents docs --confirmed golive.json
        ```

        Each item is **passed** or **failed** with what was seen, or **a person** must confirm it, because it can't be seen from outside or because what it needs was not given. What was seen to be wrong can't be confirmed away.
        The exit code is 0 when everything is passed or confirmed, 1 when an item failed, 3 when none failed and people still have to confirm.

        * The caller is an operator (`navi login`, `NAVI_TOKEN` or a service client). The run costs a small question to every configured model and one task of the probe.
        * `NAVI_DATABASE` (or `Navi__Database__…`) is the connection string that NAVI itself uses; run the command where the database can be reached, such as in a pod or a job of the deployment. Nothing is written there.
        * A certificate of an authority of your own is trusted when `SSL_CERT_FILE` names its file.
        * `golive.json` holds what people answer for, each entry good for 90 days:

        ```json
        [{"item": "on-call", "by": "Ada Example", "on": "2026-01-31", "note": "rotation 'navi' of PagerDuty, two people"}]
        ```

        The items, as `navi golive` has them:

        """;

    public static string Text()
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var section in Checklist.Sections)
        {
            text.Append('\n').Append("## ").Append(section.Title).Append("\n\n| item | what must be true | looked at by | needs |\n|---|---|---|---|\n");
            foreach (var item in section.Items)
                text.Append($"| `{item.Id}` | {item.Words} | {(item.IsPersons ? "a person: " : "")}{item.How} | {(item.IsPersons ? "" : item.Needs is { } needs ? $"`{needs}`" : "`--url`")} |\n");
        }
        return text.ToString();
    }
}
