using Microsoft.DurableTask.Client;
using Navi.Cli.Output;

namespace Navi.Cli.Durable;

/// <summary>Instances by their id or its beginning, as long as one instance alone has it.</summary>
internal static class InstanceIds
{
    private const int Shown = 5;

    /// <exception cref="CliException">There is none, or there are several.</exception>
    public static async Task<OrchestrationMetadata> FindAsync(DurableTaskClient client, string id, bool payloads, CancellationToken cancellation)
    {
        if (id.Length == 0)
            throw CliException.Usage("INSTANCE is empty: give an id or its beginning.");
        if (await client.GetInstanceAsync(id, payloads, cancellation) is { } exact)
            return exact;
        var found = id.Length < TaskIds.Shortest ? [] : await BeginAsync(client, id, payloads, cancellation);
        return found switch
        {
            [var one] => one,
            [] => throw new CliException(ExitCodes.Ended, $"No instance has the id '{id}'{(id.Length < TaskIds.Shortest ? "" : " or begins so")}. See: {Invocation.Name} durable list"),
            _ => throw CliException.Usage($"'{id}' is the beginning of several ids; give more of it:{Environment.NewLine}{string.Join(Environment.NewLine, found.Take(Shown).Select(i => $"  {i.InstanceId}  {i.Name}  {InstanceView.Say(i.RuntimeStatus)}"))}{(found.Count > Shown ? Environment.NewLine + "  …" : "")}"),
        };
    }

    private static async Task<List<OrchestrationMetadata>> BeginAsync(DurableTaskClient client, string prefix, bool payloads, CancellationToken cancellation)
    {
        await foreach (var page in client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: prefix, PageSize: Shown + 1, FetchInputsAndOutputs: payloads)).AsPages().WithCancellation(cancellation))
            return [.. page.Values];
        return [];
    }
}
