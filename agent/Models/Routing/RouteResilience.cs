using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Navi.Agent.Models.Options;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Navi.Agent.Models.Routing;

/// <summary>Retries at one model with a circuit breaker below them; each model has its own, shared by all calls of the process.</summary>
internal sealed class RouteResilience(IOptions<ModelsOptions> options, TimeProvider time, Random random) : IProcessGauges
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, CircuitBreakerStateProvider> circuits = new();
    private readonly ConcurrentDictionary<string, long> opened = new();

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
            StateProvider = circuits[name] = new CircuitBreakerStateProvider(),
            OnOpened = _ =>
            {
                opened[name] = time.GetTimestamp();
                return ValueTask.CompletedTask;
            },
            // A full queue is no fault: its provider says itself when to come back.
            ShouldHandle = a => ValueTask.FromResult(a.Outcome.Exception is ModelCallException { Kind: not ModelFailureKind.RateLimited } e && e.Kind.IsTransient()),
        }).Build();
    }

    /// <summary>What each model's circuit breaker does now.</summary>
    public IEnumerable<Sample> Read() => circuits.Select(c => new Sample(MetricCatalogue.CircuitState, c.Value.CircuitState switch
    {
        CircuitState.Closed => 0,
        // Polly leaves a breaker open until the next call comes, which may be hours later; once its time is over that call is a trial.
        // It is open a moment before that is noted here.
        CircuitState.HalfOpen => 1,
        CircuitState.Open when opened.TryGetValue(c.Key, out var since) && time.GetElapsedTime(since) >= options.Value.BreakDuration => 1,
        _ => 2,
    }, c.Key));
}
