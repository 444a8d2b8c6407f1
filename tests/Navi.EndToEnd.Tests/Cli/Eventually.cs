namespace Navi.EndToEnd.Tests.Cli;

internal static class Eventually
{
    /// <summary>Asks again and again until the condition holds; fails with what is wanted.</summary>
    public static async Task HoldsAsync(Func<bool> condition, Func<string> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            Assert.False(limit.IsCancellationRequested, $"Did not happen within 60 seconds: {wanted()}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
