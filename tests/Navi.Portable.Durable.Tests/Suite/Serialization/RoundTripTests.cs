using System.Text.Json.Nodes;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Serialization;

/// <summary>Values go from the client through an orchestrator, a sub-orchestration, an activity, an event and the custom status, and come back as they were.</summary>
public sealed class RoundTripTests
{
    private enum Colour
    {
        Red,
        Green = 7,
    }

    [Flags]
    private enum Access
    {
        None = 0,
        Read = 1,
        Write = 2,
    }

    [Theory, BothModes]
    public Task Numbers_ComeBackExactly(int sticky) => CheckAsync(
        sticky, new Numbers(long.MinValue, ulong.MaxValue, 79228162514264337593543950335m, 0.1 + 0.2, float.Epsilon, 1.10m), Assert.Equal);

    [Theory, BothModes]
    public Task Records_ComeBackWithTheirParts(int sticky) =>
        CheckAsync(sticky, new Person("Ada", new Address("Straße 1", null), 36), Assert.Equal);

    [Theory, BothModes]
    public Task Enums_ComeBackAsTheirValues(int sticky) =>
        CheckAsync(sticky, (Colour.Green, Access.Read | Access.Write, (Colour)99), Assert.Equal);

    [Theory, BothModes]
    public Task Times_ComeBackToTheTickAndWithTheirOffset(int sticky) => CheckAsync(
        sticky,
        new Times(
            new DateTime(2024, 2, 29, 23, 59, 59, DateTimeKind.Utc).AddTicks(1234567),
            new DateTimeOffset(2024, 12, 31, 1, 2, 3, TimeSpan.FromHours(5.5)),
            new TimeSpan(-3, 4, 5, 6, 7),
            new DateOnly(1, 1, 1),
            new TimeOnly(23, 59, 59, 999)),
        (expected, actual) =>
        {
            Assert.Equal(expected, actual);
            Assert.Equal(DateTimeKind.Utc, actual.Utc.Kind);
            Assert.Equal(expected.Offset.Offset, actual.Offset.Offset);
        });

    [Theory, BothModes]
    public Task Fields_ComeBackLikeProperties(int sticky) => CheckAsync(sticky, new WithFields { Public = 5, Text = "field" }, (expected, actual) =>
    {
        Assert.Equal(expected.Public, actual.Public);
        Assert.Equal(expected.Text, actual.Text);
    });

    [Theory, BothModes]
    public Task Tuples_ComeBackWithTheirItems(int sticky) => CheckAsync(sticky, (1, "two", (3.5, true)), Assert.Equal);

    [Theory, BothModes]
    public Task Collections_ComeBackInOrder(int sticky) => CheckAsync(
        sticky,
        new Dictionary<string, List<int?>> { ["b"] = [1, null, 3], ["a"] = [], ["ü"] = [7] },
        (expected, actual) => Assert.Equal(expected, actual));

    [Theory, BothModes]
    public Task Bytes_ComeBackAsTheyWere(int sticky) =>
        CheckAsync(sticky, Enumerable.Range(0, 256).Select(value => (byte)value).ToArray(), (expected, actual) => Assert.Equal(expected, actual));

    [Theory, BothModes]
    public Task GuidsAndUris_ComeBackAsTheyWere(int sticky) =>
        CheckAsync(sticky, (new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), new Uri("https://example.com/a?b=ü#c"), 'ß', true), Assert.Equal);

    [Theory, BothModes]
    public Task Nulls_InsideOfAValue_StayNull(int sticky) =>
        CheckAsync(sticky, new Nullables(null, null, null), Assert.Equal);

    [Theory, BothModes]
    public Task JsonNodes_ComeBackAsTheyWere(int sticky) => CheckAsync(
        sticky,
        new JsonObject { ["list"] = new JsonArray(1, "two", null), ["object"] = new JsonObject { ["deep"] = 1.5 } },
        (expected, actual) => Assert.True(JsonNode.DeepEquals(expected, actual)));

    [Theory, BothModes]
    public Task DeepNesting_ComesBack(int sticky) => CheckAsync(
        sticky,
        Enumerable.Range(0, 25).Aggregate(new Node(0, null), (inner, depth) => new Node(depth, inner)),
        Assert.Equal);

    private static async Task CheckAsync<T>(int sticky, T value, Action<T, T> equal)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<T, T>("Activity", (_, input) => input);
            tasks.AddOrchestratorFunc<T, T>("Child", (context, input) => context.CallActivityAsync<T>("Activity", input));
            tasks.AddOrchestratorFunc<T, T>("Parent", async (context, input) =>
            {
                context.SetCustomStatus(await context.WaitForExternalEvent<T>("event"));
                return await context.CallSubOrchestratorAsync<T>("Child", input);
            });
        });
        var id = await run.StartAsync("Parent", value);

        await run.RaiseAsync(id, "event", value);

        equal(value, (await run.OutputOfInstance<T>(id))!);
        var end = await run.EndOf(id);
        equal(value, end.ReadInputAs<T>()!);
        equal(value, end.ReadCustomStatusAs<T>()!);
    }

    private sealed record Numbers(long Long, ulong Unsigned, decimal Decimal, double Double, float Float, decimal Money);

    private sealed record Person(string Name, Address Address, int Age);

    private sealed record Address(string Street, string? City);

    private sealed record Times(DateTime Utc, DateTimeOffset Offset, TimeSpan Span, DateOnly Date, TimeOnly Time);

    private sealed record Nullables(int? Number, string? Text, Address? Address);

    private sealed record Node(int Depth, Node? Inner);

    private sealed class WithFields
    {
        public int Public;
        public string? Text;
    }
}
