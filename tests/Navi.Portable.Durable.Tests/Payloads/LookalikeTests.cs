using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Payloads;

/// <summary>Text that looks like a reference to a large payload is a payload like any other.</summary>
public sealed class LookalikeTests
{
    [Theory]
    [InlineData("\u0002", 0)]
    [InlineData("\u0002", 1000)]
    [InlineData("\u0002sha256:0000000000000000000000000000000000000000000000000000000000000000", 0)]
    [InlineData("\u0002sha256:0000000000000000000000000000000000000000000000000000000000000000", 1000)]
    public async Task Payload_BeginsAsAReferenceDoes_ArrivesAsItIs(string payload, int sticky)
    {
        await using var run = await Conformance.StartAsync(
            sticky,
            tasks =>
            {
                CommonTasks.Register(tasks);
                tasks.AddActivityFunc<string, string>("Same", (_, input) => input);
                tasks.AddOrchestratorFunc<string, string>("Once", (context, input) => context.CallActivityAsync<string>("Same", input));
            },
            new PlainConverter());
        var waiting = await run.WaitingAsync();

        await run.RaiseAsync(waiting, "go", payload);

        Assert.Equal(payload, await run.OutputOfInstance<string>(waiting));
        Assert.Equal(payload, await run.OutputOf<string>("Once", payload));
    }

    /// <summary>Strings as they are.</summary>
    private sealed class PlainConverter : DataConverter
    {
        public override string? Serialize(object? value) => value?.ToString();

        public override object? Deserialize(string? data, Type targetType) => data;
    }
}
