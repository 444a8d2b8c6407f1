using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Tokens;
using Navi.Platform.Tests.Security.Support;
using Npgsql;

namespace Navi.Platform.Tests.Security.Tokens;

public sealed class EncryptedTokensTests
{
    private const string Value = "sk-a-value-that-nobody-else-has";
    private static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task Put_NewAndAgain_KeepsTheLastValueAndSaysWhoGaveIt()
    {
        await using var service = await TokenService.CreateAsync();
        var tokens = service.Tokens("new");

        var first = await tokens.PutAsync("acme", "openai", "one", "ada", Stop);
        var second = await tokens.PutAsync("acme", "openai", Value, "bob", Stop);

        Assert.Equal((true, false), (first!.IsNew, second!.IsNew));
        Assert.Equal(first.CreatedAt, second.CreatedAt);
        Assert.Equal(DateTimeKind.Utc, second.UpdatedAt.Kind);
        var listed = Assert.Single(await tokens.ListAsync("acme", Stop));
        Assert.Equal(("openai", "bob"), (listed.Name, listed.By));
        Assert.Equal(Value, await tokens.ReadAsync("acme", "openai", Stop));
        Assert.True(await tokens.DeleteAsync("acme", "openai", Stop));
        Assert.False(await tokens.DeleteAsync("acme", "openai", Stop));
        Assert.Null(await tokens.ReadAsync("acme", "openai", Stop));
    }

    [Fact]
    public async Task OtherOrganisation_SeesDeletesAndOverwritesNothing()
    {
        await using var service = await TokenService.CreateAsync();
        var tokens = service.Tokens("new");
        await tokens.PutAsync("acme", "openai", Value, "ada", Stop);

        Assert.Empty(await tokens.ListAsync("other", Stop));
        Assert.Null(await tokens.ReadAsync("other", "openai", Stop));
        Assert.False(await tokens.DeleteAsync("other", "openai", Stop));
        await tokens.PutAsync("other", "openai", "theirs", "eve", Stop);

        Assert.Equal(Value, await tokens.ReadAsync("acme", "openai", Stop));
        Assert.Equal(0, await service.Database.RunAsync(Scope.Of("other"), c => c.ExecuteAsync("DELETE FROM navi.encrypted_tokens WHERE org_id = 'acme'"), Stop));
        await Assert.ThrowsAsync<PostgresException>(() => service.Database.RunAsync(Scope.Of("other"), c => c.ExecuteAsync("UPDATE navi.encrypted_tokens SET org_id = 'acme', name = 'x' WHERE org_id = 'other'"), Stop));
    }

    [Theory]
    [InlineData("UPDATE navi.encrypted_tokens t SET envelope = s.envelope FROM navi.encrypted_tokens s WHERE t.name = 'target' AND t.org_id = 'acme' AND s.org_id = 'acme' AND s.name = 'source'")]
    [InlineData("UPDATE navi.encrypted_tokens t SET envelope = s.envelope FROM navi.encrypted_tokens s WHERE t.name = 'target' AND t.org_id = 'acme' AND s.org_id = 'other' AND s.name = 'target'")]
    [InlineData("UPDATE navi.encrypted_tokens SET name = 'target' WHERE org_id = 'acme' AND name = 'source'", true)]
    [InlineData("UPDATE navi.encrypted_tokens SET envelope = (SELECT secret FROM navi.telemetry_keys LIMIT 1) WHERE org_id = 'acme' AND name = 'target'")]
    public async Task Read_EnvelopeOfAnotherRowOrganisationOrTable_IsRefusedWithoutAnyValue(string move, bool deleteFirst = false)
    {
        await using var service = await TokenService.CreateAsync();
        var tokens = service.Tokens("new");
        await tokens.PutAsync("acme", "source", Value, "ada", Stop);
        await tokens.PutAsync("acme", "target", Value, "ada", Stop);
        await tokens.PutAsync("other", "target", Value, "ada", Stop);
        using var cipher = service.Keys.Cipher("new");
        var secret = await cipher.EncryptAsync(new CipherPlace("navi", "navi.telemetry_keys", "2026-01", "secret"), new byte[32], Stop);
        await service.ExecuteAsync("INSERT INTO navi.telemetry_keys (month, secret) VALUES ('2026-01', @secret)", new { secret });
        if (deleteFirst)
            await tokens.DeleteAsync("acme", "target", Stop);

        Assert.Equal(1, await service.ExecuteAsync(move));
        var refusal = await Assert.ThrowsAsync<CipherException>(() => tokens.ReadAsync("acme", "target", Stop));

        Assert.Contains("navi.encrypted_tokens.envelope of 'target' (acme)", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_MoreThanAnOrganisationMayHave_IsRefusedAlsoWhenTwoComeAtOnce()
    {
        await using var service = await TokenService.CreateAsync();
        var tokens = service.Tokens("new");
        for (var i = 0; i < EncryptedTokens.Most - 1; i++)
            await tokens.PutAsync("acme", $"t{i}", Value, "ada", Stop);

        var last = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => tokens.PutAsync("acme", $"last{i}", Value, "ada", Stop))));

        Assert.Single(last, r => r is not null);
        Assert.NotNull(await tokens.PutAsync("acme", "t0", "another", "ada", Stop));
        Assert.NotNull(await tokens.PutAsync("other", "t0", "another", "ada", Stop));
    }

    [Theory]
    [InlineData("openai", true)]
    [InlineData("a", true)]
    [InlineData("A.b_c-1", true)]
    [InlineData("", false)]
    [InlineData(".hidden", false)]
    [InlineData("two words", false)]
    [InlineData("line\n", false)]
    [InlineData("sl/ash", false)]
    public async Task Name_AsTheDatabaseHasIt_IsAcceptedOrRefusedAlike(string name, bool accepted)
    {
        await using var service = await TokenService.CreateAsync();
        Assert.Equal(accepted, EncryptedTokens.IsName(name));
        Assert.Equal(accepted, await service.Database.RunAsync(Scope.System, c => c.ExecuteScalarAsync<bool>("SELECT @name ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", new { name }), Stop));
    }
}
