using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.SigningKeys;

/// <summary>What holds however much time passes between two runs of the timer, and however often it runs.</summary>
public sealed class RotationLawTests : IAsyncLifetime
{
    private static readonly CancellationToken Stop = CancellationToken.None;
    private KeyService service = null!;

    public async ValueTask InitializeAsync() => service = await KeyService.CreateAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Property(Arbitrary = new[] { typeof(Steps) }, MaxTest = 40)]
    public async Task AnySequenceOfTimes_Keys_OverlapAsPromised(Step[] steps)
    {
        await service.ExecuteAsync("DELETE FROM navi.signing_keys");
        await service.Rotation.RunAsync(Stop);
        var now = TimeSpan.Zero;
        var (signs, encrypts) = (new Life(service.Settings.PublishLead, service.Settings.KeepAfter), new Life(service.Settings.PublishLead, service.Settings.EncryptKeepAfter));
        await LookAsync();
        foreach (var step in steps)
        {
            now += step.Passes;
            await service.PassAsync(step.Passes);
            await LookAsync();
            for (var run = 0; run < step.Runs; run++)
                await service.Rotation.RunAsync(Stop);
            await LookAsync();
        }
        Assert.Equal(0, await service.ScalarAsync<long>("SELECT count(*) FROM (SELECT FROM navi.signing_keys WHERE retired_at IS NULL GROUP BY use HAVING count(*) > 1) open"));

        async Task LookAsync()
        {
            var set = await service.ReadAsync();
            signs.Look(now, set.Signing.KeyId, [.. set.Published.Select(k => k.KeyId)]);
            encrypts.Look(now, set.Encrypting[0].KeyId, [.. set.Encrypting.Select(k => k.KeyId)]);
        }
    }

    /// <summary>Time that passes, and runs of the timer after it.</summary>
    public sealed record Step(TimeSpan Passes, int Runs);

    /// <summary>Mostly the timer's hour, sometimes an outage of weeks.</summary>
    public static class Steps
    {
        public static Arbitrary<Step[]> Generate()
        {
            var passes = Gen.Frequency(
                (4, Gen.Choose(1, 120).Select(m => TimeSpan.FromMinutes(m))), (3, Gen.Choose(1, 48).Select(h => TimeSpan.FromHours(h))), (3, Gen.Choose(1, 70).Select(d => TimeSpan.FromDays(d))));
            var step = from p in passes from r in Gen.Choose(0, 2) select new Step(p, r);
            return Arb.From(from count in Gen.Choose(1, 12) from steps in step.ArrayOf(count) select steps);
        }
    }

    /// <summary>What is seen of the keys of one use from outside.</summary>
    private sealed class Life(TimeSpan lead, TimeSpan keep)
    {
        // Real time passes too while the test runs.
        private static readonly TimeSpan Real = TimeSpan.FromMinutes(1);
        private readonly Dictionary<string, TimeSpan> seen = [];
        private readonly Dictionary<string, TimeSpan> used = [];
        private string? last;

        public void Look(TimeSpan now, string inUse, IReadOnlyList<string> known)
        {
            Assert.Equal(inUse, known[0]);
            Assert.Equal(known.Count, known.Distinct().Count());
            if (inUse != last)
            {
                Assert.DoesNotContain(inUse, used.Keys);
                Assert.True(last is null || (seen.TryGetValue(inUse, out var since) && now - since >= lead), $"{inUse} is in use at {now} and was not published {lead} before");
            }
            Assert.All(used.Where(u => now - u.Value < keep - Real), u => Assert.Contains(u.Key, known));
            foreach (var key in known)
                seen.TryAdd(key, now);
            used[last = inUse] = now;
        }
    }
}
