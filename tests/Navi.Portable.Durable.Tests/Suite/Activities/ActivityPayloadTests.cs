using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Activities;

public sealed class ActivityPayloadTests
{
    [Theory, BothModes("", " \t\r\n", "ÄÖÜ ß ñ", "日本語 한국어", "שלום עולם", "👩‍👩‍👧‍👦 🇪🇺", "e\u0301 \u202e", "\"\\/{}[]<>&'", "a\0b", "null")]
    public async Task Text_OfAnyKind_ComesBackAsItWas(int sticky, string text)
    {
        await using var run = await Conformance.StartAsync(sticky, Echo<string>);

        Assert.Equal(text, await run.OutputOf<string>("Call", text));
    }

    [Theory, BothModes]
    public async Task Payload_OfSeveralMegabytes_ComesBackWhole(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, Echo<string>);
        var text = string.Concat(Enumerable.Range(0, 250_000).Select(number => $"{number:x8}✓"));

        Assert.Equal(text, await run.OutputOf<string>("Call", text));
    }

    [Theory, BothModes]
    public async Task Null_AsArgumentAndResult_StaysNull(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<string?, string?>("Null", (_, text) => text is null ? null : "not null");
            tasks.AddOrchestratorFunc<string?, string?>("Call", (context, text) => context.CallActivityAsync<string?>("Null", text));
        });

        var end = await run.RunAsync("Call");

        Assert.Null(end.SerializedInput);
        Assert.Null(end.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Null_ForAValueType_IsItsDefault(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Nothing", _ => { });
            tasks.AddActivityFunc<int, int>("Same", (_, value) => value);
            tasks.AddOrchestratorFunc<int, string>("Call", async (context, input) =>
                $"{input} {await context.CallActivityAsync<int>("Nothing")} {await context.CallActivityAsync<int>("Same")}");
        });

        Assert.Equal("0 0 0", await run.OutputOf<string>("Call"));
    }

    [Theory, BothModes]
    public async Task Result_ThatNobodyReads_DoesNoHarm(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int[]>("Numbers", _ => [1, 2, 3]);
            tasks.AddOrchestratorFunc<string>("Call", async context =>
            {
                await context.CallActivityAsync("Numbers");
                return "on";
            });
        });

        Assert.Equal("on", await run.OutputOf<string>("Call"));
    }

    [Theory, BothModes]
    public async Task Result_OfAnotherShape_FailsTheInstanceClearly(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc("Text", _ => "text");
            tasks.AddOrchestratorFunc<int>("Call", context => context.CallActivityAsync<int>("Text"));
        });

        Assert.Equal("System.Text.Json.JsonException", (await run.FailureOf("Call")).ErrorType);
    }

    [Theory, BothModes]
    public async Task Result_ThatCannotBeSerialized_IsTheActivitysFailure(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<Type>("Type", _ => typeof(string));
            tasks.AddOrchestratorFunc("Call", context => context.CallActivityAsync("Type"));
        });

        Assert.Equal("System.NotSupportedException", (await run.FailureOf("Call")).InnerFailure!.ErrorType);
    }

    [Theory, BothModes]
    public async Task Argument_OfAnotherShape_IsTheActivitysFailure(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            tasks.AddActivityFunc<int, int>("Same", (_, value) => value);
            tasks.AddOrchestratorFunc<string>("Call", async context =>
            {
                try
                {
                    await context.CallActivityAsync<int>("Same", "not a number");
                    return "passed";
                }
                catch (TaskFailedException failed)
                {
                    return failed.TaskName;
                }
            });
        });

        Assert.Equal("Same", await run.OutputOf<string>("Call"));
    }

    private static void Echo<T>(DurableTaskRegistry tasks)
    {
        tasks.AddActivityFunc<T, T>("Echo", (_, value) => value);
        tasks.AddOrchestratorFunc<T, T>("Call", (context, value) => context.CallActivityAsync<T>("Echo", value));
    }
}
