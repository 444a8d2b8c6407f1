using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Navi.Platform.Data;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Crashes;

/// <summary>kill -9 while a model speaks.</summary>
public sealed class ModelKillTests
{
    private const string Begun = """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Well"},"finish_reason":null}]}""" + "\n\n";

    private const string Finishing =
        """
        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"finish_task","arguments":"{\"status\":\"done\",\"summary\":\"nothing to do\"}"}}]},"finish_reason":null}]}

        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100,"total_tokens":1100}}

        data: [DONE]


        """;

    [Fact]
    public async Task Kill_InTheMiddleOfAnAnswer_LeavesAnAttemptThatIsClosedAsInterruptedAndAskedAgain()
    {
        var asked = 0;
        var first = new TaskCompletionSource();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var model = builder.Build();
        model.Run(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            if (Interlocked.Increment(ref asked) > 1)
            {
                await context.Response.WriteAsync(Finishing);
                return;
            }
            await context.Response.WriteAsync(Begun);
            await context.Response.Body.FlushAsync();
            first.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        await model.StartAsync();
        await using var navi = await Installation.CreateAsync();
        var address = model.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        foreach (var (key, value) in new[]
        {
            ("Name", "m1"), ("Kind", "openai"), ("Endpoint", address), ("Model", "some-model"), ("ApiKey", "a-key-nobody-may-see"), ("Prices__Input", "2"), ("Prices__Output", "8"),
        })
            navi.Environment[$"Navi__Models__Entries__0__{key}"] = value;
        var repository = Repositories.Python(navi.Place("repository"));
        var one = await navi.UpAsync();
        var task = await one.CreateTaskAsync(repository, "anything");
        await first.Task.WaitAsync(Wait.Patience);
        await one.KillAsync();
        await using var database = navi.OpenDatabase();
        Assert.Equal([(1, "started")], await AttemptsAsync());

        var two = await navi.UpAsync();
        var ended = await two.FinishedAsync(task);

        Assert.Equal("auto", ended.GetProperty("provider").GetString());
        Assert.Equal([(1, "interrupted"), (2, "ok")], await AttemptsAsync());
        Assert.Equal((1000, 100, 0.0028m), (ended.GetProperty("input_tokens").GetInt32(), ended.GetProperty("output_tokens").GetInt32(), ended.GetProperty("cost").GetDecimal()));
        Assert.DoesNotContain("a-key-nobody-may-see", one.Printed + two.Printed + ended, StringComparison.Ordinal);

        async Task<List<(int, string)>> AttemptsAsync() => (await database.RunAsync(
            Scope.System, c => c.QueryAsync<(int, string)>("SELECT attempt, status FROM navi.llm_metrics WHERE task_id = @task ORDER BY attempt", new { task }), CancellationToken.None)).AsList();
    }
}
