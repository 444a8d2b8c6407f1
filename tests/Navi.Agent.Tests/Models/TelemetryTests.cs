using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using Navi.Agent.Models.Pipeline;
using Navi.Agent.Tests.Models.Support;

namespace Navi.Agent.Tests.Models;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Attempt_Traced_HasTheConventionsAttributesAndNoContent()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == ModelPipeline.Source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry("openai", server));
        using var mine = new Activity("test").Start();

        await bench.AskAsync(messages: [new ChatMessage(ChatRole.User, "a-secret-sentence")]);

        var traced = Assert.Single(ended, a => a.TraceId == mine.TraceId);
        var tags = traced.TagObjects.ToDictionary(t => t.Key, t => t.Value?.ToString());
        Assert.Equal(("chat", "100", "7"), (tags["gen_ai.operation.name"], tags["gen_ai.usage.input_tokens"], tags["gen_ai.usage.output_tokens"]));
        Assert.Equal("some-model", tags["gen_ai.request.model"]);
        var all = string.Join(' ', tags.Values.Concat(traced.Events.SelectMany(e => e.Tags).Select(t => t.Value?.ToString())));
        Assert.DoesNotContain("a-secret-sentence", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Hello", all, StringComparison.Ordinal);
    }
}
