using Navi.Testing;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>
/// The scaler's query while hundreds of orchestrations go on. The law: whatever was accepted and has not ended is counted once, whoever has it, so the scaler never sees nothing while something is there.
/// </summary>
public sealed class ScalerUnderLoadTests
{
    private const int First = 300;
    private const int Wave = 100;
    private const int Waves = 3;

    [Fact]
    public async Task PortableQuery_HundredsGoOn_CountsAllThatIsOpenInEverySampleAndComesBackToZero()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var platform = await TestPlatform.CreateAsync();
        await using var work = await DurableWork.StartAsync(platform.Server, steps: 3);
        await using var login = await ScalerLogin.CreateAsync(platform.Server);
        var watch = new BacklogWatch(platform.Server, login, await Manifests.QueryAsync("production/portable"));

        // No activity ends yet, so what is accepted piles up.
        var begun = work.BeginAsync(First);
        await watch.UntilAsync(s => s.Scaled == First, stop);
        await begun;
        var risen = watch.Samples.Count;
        work.Release();
        for (var wave = 0; wave < Waves; wave++)
        {
            var more = work.BeginAsync(Wave);
            await watch.UntilAsync(s => s.Open < First / 2, stop);
            await more;
        }
        await watch.UntilAsync(s => s.Open == 0, stop);

        Assert.All(watch.Samples, s => Assert.Equal(s.Open, s.Scaled));
        Assert.Equal(First + (Waves * Wave), await platform.Server.ScalarAsync("SELECT count(*)::integer FROM durable.instances WHERE status = 1"));
        Assert.Equal(0, watch.Samples[^1].Scaled);
        Assert.Contains(watch.Samples.Skip(risen), s => s.Scaled is > 0 and < First);
        TestContext.Current.TestOutputHelper?.WriteLine($"{watch.Samples.Count} samples, {risen} while it rose; at most {watch.Samples.Max(s => s.Scaled)} counted.");
    }
}
