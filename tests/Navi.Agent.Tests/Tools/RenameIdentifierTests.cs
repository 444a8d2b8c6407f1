using Navi.Agent.Tests.Support;
using Navi.Agent.Tools.Refactor;

namespace Navi.Agent.Tests.Tools;

public sealed class RenameIdentifierTests
{
    [Theory]
    // Whole names only, in code and comments.
    [InlineData("a.py", "total = subtotal + total_2 + total  # the total", "sum = subtotal + total_2 + sum  # the sum", 0)]
    // A string that is nothing but the name, and one that is more.
    [InlineData("a.py", "__all__ = ['total', \"x total\"]", "__all__ = ['sum', \"x total\"]", 1)]
    [InlineData("a.py", "'''total'''; '''a\ntotal'''", "'''sum'''; '''a\ntotal'''", 1)]
    // Interpolated code is code; the text around it is not.
    [InlineData("a.py", "f\"total: {total} {x['total']!r:>{total}} {{total}}\"", "f\"total: {sum} {x['sum']!r:>{sum}} {{total}}\"", 1)]
    [InlineData("a.py", "rb'total\\'total' + total", "rb'total\\'total' + sum", 1)]
    [InlineData("a.cs", "var s = $\"total {total} {{total}} {f(\"total\", \"a total\")}\"; // total", "var s = $\"total {sum} {{total}} {f(\"sum\", \"a total\")}\"; // sum", 1)]
    [InlineData("a.cs", "var s = @\"a \"\"total\"\" c:\\\" + total;", "var s = @\"a \"\"total\"\" c:\\\" + sum;", 1)]
    [InlineData("a.cs", "var s = \"\"\"\n a \"total\" \n\"\"\" + $$\"\"\"{total} {{total}}\"\"\"; char c = '\"'; total();", "var s = \"\"\"\n a \"total\" \n\"\"\" + $$\"\"\"{total} {{sum}}\"\"\"; char c = '\"'; sum();", 2)]
    [InlineData("a.js", "`total ${total + `${total} total`} $total`; total.$total /* total */", "`total ${sum + `${sum} total`} $total`; sum.$total /* sum */", 1)]
    [InlineData("a.js", "const r = /\"total\"/g; x = a / total / b; y = 'total'", "const r = /\"total\"/g; x = a / sum / b; y = 'sum'", 1)]
    [InlineData("a.rs", "fn f<'total>(x: &'a str) { println!(\"{total} total {\"); r#\"a \"total\"\"#; total('\"') }", "fn f<'sum>(x: &'a str) { println!(\"{sum} total {\"); r#\"a \"total\"\"#; sum('\"') }", 1)]
    [InlineData("a.go", "s := `total \" here` + \"total\" + total", "s := `total \" here` + \"sum\" + sum", 1)]
    [InlineData("a.cpp", "auto s = R\"x(\"total\")x\"; int n = 1'000; total(u8\"a total\");", "auto s = R\"x(\"total\")x\"; int n = 1'000; sum(u8\"a total\");", 1)]
    [InlineData("a.sh", "total=1; echo \"total $total ${total}\" 'a total' # total", "sum=1; echo \"total $sum ${sum}\" 'a total' # sum", 1)]
    [InlineData("a.kt", "val s = \"total $total ${total} total\"", "val s = \"total $sum ${sum} total\"", 1)]
    [InlineData("a.sql", "select total from t where n = 'it''s total' -- total", "select sum from t where n = 'it''s total' -- sum", 1)]
    [InlineData("a.json", "{\"total\": \"a total\"}", "{\"sum\": \"a total\"}", 1)]
    [InlineData("a.md", "The total, `total()`; not sub-total or totals.", "The sum, `sum()`; not sub-total or totals.", 0)]
    public void Plan_PerLanguage_RenamesNamesAndLeavesText(string path, string text, string expected, int left)
    {
        var plan = IdentifierRenamer.Plan(path, text, "total", "sum");
        Assert.Equal(expected, plan.Text);
        Assert.Equal(left, plan.Left.Count);
        Assert.Empty(plan.Collisions);
    }

    [Theory]
    [InlineData("\"unclosed total\n total")]
    [InlineData("f'{total")]
    [InlineData("/* total")]
    [InlineData("`${`${`${total")]
    [InlineData("'''")]
    public void Plan_MalformedText_NeverFails(string text)
    {
        foreach (var path in new[] { "a.py", "a.cs", "a.js", "a.rs", "a.c", "a.sh", "a.kt", "a.md" })
            Assert.Equal(text.Length - 2 * IdentifierRenamer.Plan(path, text, "total", "sum").Count, IdentifierRenamer.Plan(path, text, "total", "sum").Text.Length);
    }

    [Fact]
    public async Task Rename_Repository_ReportsCountsAndLeftStrings()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("a.py", "total = 1\r\nprint('total is', total)\r\n").With("b/c.py", [0xEF, 0xBB, 0xBF, .. "total()"u8]).With("d.txt", "totals"));
        var result = await bench.CallAsync("rename_identifier", new { old_name = "total", new_name = "sum_all" });
        Assert.Equal("{\"total\":3,\"files\":[{\"path\":\"a.py\",\"count\":2},{\"path\":\"b/c.py\",\"count\":1}],\"left\":[\"a.py:2\"]}", result.Data);
        Assert.Equal("sum_all = 1\r\nprint('total is', sum_all)\r\n", bench.Read("a.py"));
        Assert.Equal([0xEF, 0xBB, 0xBF, .. "sum_all()"u8], File.ReadAllBytes(Path.Combine(bench.Tree, "b/c.py")));
    }

    [Theory]
    [InlineData("total", "existing", "a.py:2")]
    [InlineData("total", "2x", "identifier")]
    [InlineData("total", "class", "reserved")]
    [InlineData("total", "total", "nothing would change")]
    [InlineData("absent", "other", "no identifier")]
    [InlineData("quoted", "other", "inside strings: a.py:3")]
    public async Task Rename_ThatMustNotBe_IsRefusedAndChangesNothing(string oldName, string newName, string message)
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("a.py", "total = 1\nexisting = 2\nprint('a quoted name')\n"));
        var result = await bench.CallAsync("rename_identifier", new { old_name = oldName, new_name = newName });
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
        Assert.Equal(bench.Hands.Store.Base("t"), bench.Hands.Store.Head("t"));
    }

    [Fact]
    public async Task Rename_WithGlob_StaysInIt()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("a.py", "total").With("a.js", "total"));
        await bench.CallAsync("rename_identifier", new { old_name = "total", new_name = "other", glob = "*.js" });
        Assert.Equal("total", bench.Read("a.py"));
        Assert.Equal("other", bench.Read("a.js"));
    }

    [Fact]
    public async Task ReplaceText_RegexAndErrors_AreHandled()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("a.md", "v1.2\nv1.3\n").With("b.txt", "v1.2\n"));
        Assert.False((await bench.CallAsync("replace_text", new { glob = "*.md", find = @"^v1\.(\d)$", replace = "v2.$1", regex = true })).IsError);
        Assert.Equal("v2.2\nv2.3\n", bench.Read("a.md"));
        Assert.Equal("v1.2\n", bench.Read("b.txt"));
        Assert.Contains("no file matches", (await bench.CallAsync("replace_text", new { glob = "*.none", find = "a", replace = "b" })).Content, StringComparison.Ordinal);
        Assert.Contains("does not occur", (await bench.CallAsync("replace_text", new { glob = "*.md", find = "absent", replace = "b" })).Content, StringComparison.Ordinal);
    }
}
