using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Serialization;

public sealed class ConverterTests
{
    private enum Size
    {
        Small,
        Large,
    }

    [Theory, BothModes]
    public async Task Json_WithOwnOptions_IsUsedForEveryPayload(int sticky)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
        await using var run = await Conformance.StartAsync(sticky, Register, new JsonDataConverter(options));
        var id = await run.StartAsync("Parent", new Box(Size.Small));

        await run.RaiseAsync(id, "event", new Box(Size.Large));

        var end = await run.EndOf(id);
        Assert.Equal("""{"boxSize":"small"}""", end.SerializedInput);
        Assert.Equal("""{"boxSize":"large"}""", end.SerializedCustomStatus);
        Assert.Equal("""{"boxSize":"small"}""", end.SerializedOutput);
    }

    [Theory, BothModes]
    public async Task Json_WithOwnOptions_IsUsedForATerminationsOutput(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Register, new JsonDataConverter(new JsonSerializerOptions(JsonSerializerDefaults.Web)));
        var id = await run.StartAsync("Parent", new Box(Size.Small));

        await run.Client.TerminateInstanceAsync(id, new Box(Size.Large), run.Limit);

        Assert.Equal("""{"boxSize":1}""", (await run.EndOf(id)).SerializedOutput);
    }

    [Theory, BothModes]
    public async Task Converter_OfAnotherFormat_IsUsedThroughout(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Register, new MarkedConverter());
        var id = await run.StartAsync("Parent", new Box(Size.Small));

        await run.RaiseAsync(id, "event", new Box(Size.Large));

        var end = await run.EndOf(id);
        Assert.Equal(new Box(Size.Small), end.ReadOutputAs<Box>());
        Assert.All([end.SerializedInput, end.SerializedOutput, end.SerializedCustomStatus], text => Assert.StartsWith("marked:", text, StringComparison.Ordinal));
    }

    [Theory, BothModes]
    public async Task Converter_ThatCannotReadAnEvent_FailsThatInstance(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Register, new MarkedConverter { Refused = nameof(Size.Large) });
        var id = await run.StartAsync("Parent", new Box(Size.Small));

        await run.RaiseAsync(id, "event", new Box(Size.Large));

        Assert.Equal("System.FormatException", (await run.EndOf(id)).FailureDetails!.ErrorType);
    }

    private static void Register(DurableTaskRegistry tasks)
    {
        tasks.AddActivityFunc<Box, Box>("Activity", (_, input) => input);
        tasks.AddOrchestratorFunc<Box, Box>("Child", (context, input) => context.CallActivityAsync<Box>("Activity", input));
        tasks.AddOrchestratorFunc<Box, Box>("Parent", async (context, input) =>
        {
            context.SetCustomStatus(await context.WaitForExternalEvent<Box>("event"));
            return await context.CallSubOrchestratorAsync<Box>("Child", input);
        });
    }

    private sealed record Box(Size BoxSize);

    /// <summary>Text that no other converter reads.</summary>
    private sealed class MarkedConverter : DataConverter
    {
        private static readonly JsonSerializerOptions Options = new() { Converters = { new JsonStringEnumConverter() } };

        public string? Refused { get; init; }

        public override string? Serialize(object? value) => value is null ? null : "marked:" + JsonSerializer.Serialize(value, Options);

        public override object? Deserialize(string? data, Type targetType)
        {
            if (data is null) return null;
            if (Refused is not null && data.Contains(Refused, StringComparison.Ordinal)) throw new FormatException($"{Refused} is refused.");
            return JsonSerializer.Deserialize(data["marked:".Length..], targetType, Options);
        }
    }
}
