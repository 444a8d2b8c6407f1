using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Tools;

public sealed class QualityToolTests
{
    [Fact]
    public async Task ScanSecrets_Files_AreShownWithoutTheSecret()
    {
        // Put together here, so that this file itself holds nothing that looks like a secret.
        var key = "ghp_" + "k3J9sQ2mVx7LpT4wZb8NcR6yHf1GdA5e";
        using var bench = await ToolBench.OfAsync(new SourceFixture()
            .With("config.py", $"x = 1\nTOKEN = '{key}'\n").With("readme.md", "password = 'changeme-please'\n").With("big.txt", new string('a', 1_100_000)).With("image.bin", [0, 1]));
        var result = await bench.CallAsync("scan_secrets", new { });
        Assert.Equal("config.py:2: key of a known issuer (36 characters, begins with ghp_)\n[1 files over 1048576 bytes were not read]", result.Content);
        Assert.DoesNotContain(key[4..12], result.Content + result.Data, StringComparison.Ordinal);
        Assert.StartsWith("Nothing that looks like a secret was found in 1 files.", (await bench.CallAsync("scan_secrets", new { glob = "*.md" })).Content, StringComparison.Ordinal);
        Assert.True((await bench.CallAsync("scan_secrets", new { max_results = 0 })).IsError);
    }

    [Fact]
    public async Task CheckLinks_Markdown_NamesBrokenOnes()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture()
            .With("README.md", "# My *Shop*\n\n[a](docs/guide.md) [b](docs/guide.md#set-up-1) [c](#my-shop) [d](docs) [w](https://x.invalid) ![i](img/a%20b.png \"t\")\n\n[e](docs/none.md) [f](#nowhere) [g](../x.md) `[h](code.md)`\n\n```\n[i](fence.md)\n```\n\n[ref]: docs/absent.md\n<a href=\"LICENSE\">l</a> [j](/docs/guide.md#set-up) [k](mailto:a@b.invalid)\n")
            .With("docs/guide.md", "## Set up\n\n## Set up\n\n[back](../README.md)\n").With("img/a b.png", [0]).With("LICENSE", "x"));
        var result = await bench.CallAsync("check_links", new { });
        Assert.Equal(
            "2 Markdown files, 12 links checked, 4 broken, 2 to the web not followed.\nREADME.md:5: docs/none.md: there is no 'docs/none.md'\nREADME.md:5: #nowhere: 'README.md' has no heading for #nowhere\n"
            + "README.md:5: ../x.md: leads out of the repository\nREADME.md:11: docs/absent.md: there is no 'docs/absent.md'", result.Content);
        Assert.Contains("1 Markdown files, 1 links checked, 0 broken", (await bench.CallAsync("check_links", new { glob = "docs/**" })).Content, StringComparison.Ordinal);
        Assert.True((await bench.CallAsync("check_links", new { globs = "x" })).IsError);
    }

    [Fact]
    public async Task CheckLinks_FencesLinksAndHostileLines_AreRead()
    {
        var source = new SourceFixture().With("AGENTS.md", "# A\n").With("a.md", "````md\n```\n[x](absent.md)\n````\n```inline``` [l](LINK.md) [h](LINK.md#a) [n](gone.md)\n``` `` [c](no.md) `` ```\n")
            .With("slow.md", "# a" + new string('#', 500_000) + "b\n" + string.Concat(Enumerable.Repeat("](a \"", 100_000)) + "\n" + string.Concat(Enumerable.Repeat("` `` ", 100_000)) + "\n# " + new string('[', 500_000) + "\n");
        File.CreateSymbolicLink(Path.Combine(source.Path, "LINK.md"), "AGENTS.md");
        using var bench = await ToolBench.OfAsync(source);
        Assert.Equal("1 Markdown files, 3 links checked, 1 broken, 0 to the web not followed.\na.md:5: gone.md: there is no 'gone.md'", (await bench.CallAsync("check_links", new { glob = "a.md" })).Content);
        Assert.False((await bench.CallAsync("check_links", new { })).IsError);
    }
}
