using System.Text.Json;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Identity.Issuer.Support;

/// <summary>Lets a device's time pass without waiting for it.</summary>
internal static class DeviceTime
{
    public static Task PassAsync(this Device device, Slice navi, int seconds) =>
        navi.SqlAsync($"UPDATE navi.issuer_tokens SET polled_at = polled_at - interval '{seconds} s' WHERE reference_id = encode(sha256(convert_to('{device.DeviceCode}', 'UTF8')), 'base64')");

    public static async Task<JsonElement> AskAgainAsync(this Device device, Slice navi)
    {
        await device.PassAsync(navi, 3600);
        return await device.AskAsync();
    }
}
