using Navi.Cli.Api;
using Navi.Cli.Connect;

namespace Navi.Cli.Completion;

/// <summary>What a running NAVI has to complete a word with. Nothing is started for it, and no failure is shown: a person is typing.</summary>
internal static class Candidates
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static IEnumerable<string> Tasks(CliContext context) =>
        Ask(context, async (client, cancellation) => Ids(await client.ListTasksAsync(new TaskFilter(50), cancellation), "id"));

    /// <summary>Checkpoints that wait, and the tasks that wait at them.</summary>
    public static IEnumerable<string> Checkpoints(CliContext context) => Ask(context, async (client, cancellation) =>
    {
        var pending = await client.ListPendingAsync(null, cancellation);
        return [.. Ids(pending, "id"), .. Ids(pending, "task_id")];
    });

    public static IEnumerable<string> Models(CliContext context) =>
        Ask(context, async (client, cancellation) => Ids(await client.ListModelsAsync(cancellation), "name"));

    public static IEnumerable<string> Errors(CliContext context) =>
        Ask(context, async (client, cancellation) => Ids(await client.ListErrorsAsync(new ErrorFilter(50), cancellation), "id"));

    public static IEnumerable<string> Secrets(CliContext context) =>
        Ask(context, async (client, cancellation) => Ids(await client.ListSecretsAsync(cancellation), "name"));

    private static string[] Ids(System.Text.Json.JsonElement page, string member) =>
        [.. page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty(member).GetString()!).Distinct()];

    private static string[] Ask(CliContext context, Func<NaviClient, CancellationToken, Task<string[]>> ask)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            return AskAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is CliException or ApiException or UnreachableException or OperationCanceledException or KeyNotFoundException or InvalidOperationException or SignIn.OAuthException)
        {
            return [];
        }

        async Task<string[]> AskAsync(CancellationToken cancellation)
        {
            using var client = await new Connector(context).FindAsync(cancellation);
            return client is null ? [] : await ask(client, cancellation);
        }
    }
}
