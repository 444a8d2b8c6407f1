namespace Navi.Portable.Durable.Tests.Support;

internal static class Eventually
{
    public static Task TrueAsync(Func<bool> condition, CancellationToken limit) => TrueAsync(() => Task.FromResult(condition()), limit);

    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken limit)
    {
        while (!await condition()) await Task.Delay(20, limit);
    }
}
