using Navi.Platform.Security.Encryption.Rewrapping;
using Navi.Platform.Tests.Security.Support;

namespace Navi.Platform.Tests.Security.Encryption.Rewrapping;

public sealed class KeyInventoryTests
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Read_DuringARotation_CountsEachKeysEnvelopesAndFindsAllReachable()
    {
        await using var service = await TokenService.CreateAsync();
        service.Keys.Add("next");
        await service.FillAsync("old", 2);
        await service.FillAsync("new", 1, "other");

        var status = await service.Inventory("new").ReadAsync(Stop);

        Assert.Equal([("new", true, 1L, false), ("next", false, 0L, true), ("old", false, 2L, false)], status.Wrapping.Select(k => (k.Id, k.IsCurrent, k.Envelopes, k.IsUnused)));
        Assert.All(status.Wrapping, k => Assert.Null(k.Problem));
        Assert.Equal(new EnvelopeCount("navi.encrypted_tokens", "envelope", "old", 2), Assert.Single(status.Wrapping[2].Columns));
        Assert.Empty(status.Unreadable);
    }

    [Fact]
    public async Task Read_KeysThatCantBeUsed_SaysWhyForEach()
    {
        await using var service = await TokenService.CreateAsync();
        service.Keys.Add("gone");
        service.Keys.Add("exchanged");
        service.Keys.Add("open-to-all", mode: UnixFileMode.UserRead | UnixFileMode.OtherRead);
        await service.FillAsync("gone", 1, "a");
        await service.FillAsync("exchanged", 1, "b");
        File.Delete(service.Keys.File("gone"));
        service.Keys.Add("exchanged");

        var problems = (await service.Inventory("new").ReadAsync(Stop)).Wrapping.ToDictionary(k => k.Id, k => k.Problem);

        Assert.Null(problems["new"]);
        Assert.Contains("There is no key file", problems["gone"], StringComparison.Ordinal);
        Assert.Contains("not the key that wrapped what is stored", problems["exchanged"], StringComparison.Ordinal);
        Assert.Contains("mode", problems["open-to-all"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_ValuesThatAreNoEnvelopes_AreCountedApartAndFailNothing()
    {
        await using var service = await TokenService.CreateAsync();
        await service.FillAsync("new", 1);
        string[] strange = ["", "01", "0100", "0100074132", "010007413235364b5750ffff", "02000741", "01ffff0000000000"];
        foreach (var (i, bytes) in strange.Index())
            await service.ExecuteAsync("INSERT INTO navi.encrypted_tokens (org_id, name, envelope, by) VALUES ('x', @name, @envelope, 'ada')", new { name = $"s{i}", envelope = Convert.FromHexString(bytes) });

        var status = await service.Inventory("new").ReadAsync(Stop);

        Assert.Equal(strange.Length, Assert.Single(status.Unreadable).Envelopes);
        Assert.Equal(1, status.Wrapping.Single(k => k.IsCurrent).Envelopes);
    }
}
