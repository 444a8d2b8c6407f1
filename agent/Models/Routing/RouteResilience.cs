using Microsoft.Extensions.Options;
using Navi.Agent.Models.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Navi.Agent.Models.Routing;

/// <summary>Retries at one model with a circuit breaker below them; each model has its own, shared by all calls of the process.</summary>
internal sealed class RouteResilience(IOptions<ModelsOptions> options, TimeProvider time, Random random)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    /// <summary>The strategies of the model <paramref name="name"/>.</summary>
    public ResiliencePipeline Make(string name)
    {
        var given = options.Value;
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time, Name = name };
        if (given.MaxAttempts > 1)
            pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = given.MaxAttempts - 1,
                Delay = given.RetryDelay,
                MaxDelay = LongestDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = random.NextDouble,
                ShouldHandle = a => ValueTask.FromResult(a.Outcome.Exception is ModelCallException e && e.Kind.IsTransient() && !(e.RetryAfter > given.MaxRetryAfter)),
                // What the provider asks for counts; without it the delay grows by itself.
                DelayGenerator = a => ValueTask.FromResult((a.Outcome.Exception as ModelCallException)?.RetryAfter),
            });
        return pipeline.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = given.BreakerFailures,
            SamplingDuration = Window,
            BreakDuration = given.BreakDuration,
            // A full queue is no fault: its provider says itself when to come back.
            ShouldHandle = a => ValueTask.FromResult(a.Outcome.Exception is ModelCallException { Kind: not ModelFailureKind.RateLimited } e && e.Kind.IsTransient()),
        }).Build();
    }
}
