using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Models;
using Navi.Agent.Models.Boundary;
using Navi.Agent.Models.Routing;
using Navi.Agent.Rules;
using Navi.Agent.Tests.Models.Support;
using Navi.Platform.Telemetry.Errors;

namespace Navi.Agent.Tests.Models;

public sealed class PrivateModeTests
{
    [Fact]
    public async Task Private_TheListedModelFails_NothingReachesAnother()
    {
        await using var open = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var own = await ModelServer.StartAsync(Answers.Status(500));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", open), ModelBench.Entry("openai", own, "m2", ("Modes:0", "private")));

        await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync(mode: "private"));

        Assert.Equal((0, 3), (open.Connections, own.Requests.Count));
        // The same model serves whoever asks for nothing special.
        Assert.Equal("Hello", (await bench.AskAsync()).Text);
        Assert.Equal(1, open.Connections);
    }

    [Fact]
    public async Task Private_ListedModelRedirects_TheOtherHostSeesNoConnection()
    {
        await using var open = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var own = await ModelServer.StartAsync(Answers.Status(307, "", ("Location", $"{open.Address}/chat/completions")));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", own, "m1", ("Modes:0", "private")));

        var failure = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync(mode: "private"));

        Assert.Equal((ModelFailureKind.Redirected, 0), (failure.Kind, open.Connections));
        Assert.Single(own.Requests);
    }

    [Fact]
    public async Task Private_NoModelServesIt_IsRefusedAndNeverFallsBack()
    {
        await using var open = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(null, s => s.AddSingleton(new ModelProvider("rules", new RulesChatClient()) { StaysHere = true }), ModelBench.Entry("openai", open));

        foreach (var provider in new[] { "auto", "m1" })
        {
            var failure = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync(provider, "private"));
            Assert.Equal((ModelFailureKind.NoModel, true), (failure.Kind, failure.IsFinal));
        }

        Assert.Equal(0, open.Connections);
        Assert.Empty(await bench.AttemptsAsync());
        Assert.Null(bench.Router.Choose("rules", "private").Refusal);
        Assert.Equal("mode", bench.Router.Choose("auto", "private").Field);
    }

    [Fact]
    public async Task Boundary_RouteThatDoesNotServeTheMode_IsStoppedBeforeTheNetwork()
    {
        await using var open = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", open));
        // A routing mistake: the model is chosen although it is not private.
        var mistaken = new RoutedChatClient(new ModelChoice("m1", ["m1"]), [bench.Services.GetRequiredService<ModelRoutes>().Find("m1")!], "m1", "private", bench.Services.GetRequiredService<ErrorRecorder>());

        var failure = await Assert.ThrowsAsync<ModelCallException>(
            () => mistaken.GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "secret")], Navi.Agent.Models.Calls.ModelCall.Of(bench.Task, 0, "turn").PutInto(new())));

        Assert.Equal(ModelFailureKind.BoundaryRefused, failure.Kind);
        Assert.Equal(0, open.Connections);
    }

    [Fact]
    public async Task Boundary_OutsideOfACall_ReachesNothing()
    {
        await using var open = await ModelServer.StartAsync(Answers.Status(200));
        using var http = ModelHttp.Create(TimeProvider.System, useProxy: false);

        await Assert.ThrowsAsync<ModelCallException>(() => http.GetAsync(open.Address));
        using (EndpointBoundary.Enter(new HashSet<string> { EndpointBoundary.AuthorityOf(new Uri("http://127.0.0.1:9")) }))
            await Assert.ThrowsAsync<ModelCallException>(() => http.GetAsync(open.Address));

        Assert.Equal(0, open.Connections);
    }
}
