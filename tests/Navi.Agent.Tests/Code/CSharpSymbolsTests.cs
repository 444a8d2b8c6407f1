using Navi.Agent.Code;

namespace Navi.Agent.Tests.Code;

public sealed class CSharpSymbolsTests
{
    private static List<string> Read(string text) =>
        [.. SymbolReader.Read("a.cs", text)!.Select(s => $"{s.Line}-{s.EndLine} {SymbolText.Word(s.Kind)} {s.FullName}")];

    [Fact]
    public void Read_EveryKindOfDeclaration_IsFoundWithItsContainerAndLines()
    {
        var found = Read("""
            namespace Shop;

            public sealed record Money(decimal Amount, string Currency)
            {
                public static Money operator +(Money a, Money b) => a;
                public static implicit operator decimal(Money m) => m.Amount;
            }

            internal interface ICart { int this[int i] { get; } event Action Changed; }

            [Serializable]
            public partial class Cart<T> : ICart
                where T : class
            {
                private const int Most = 3;
                private int a, b;
                public event Action? Changed;
                public Cart() { }
                ~Cart() { }
                public int Total { get; set; }
                public int Sum()
                {
                    int Inner() => 1;
                    return Inner();
                }
                private enum State { Open, Closed = 2 }
                private delegate void Done(int x);
                private struct Row { }
            }
            """);
        Assert.Equal(
        [
            "1-29 namespace Shop", "3-7 record Shop.Money", "3-3 property Shop.Money.Amount", "3-3 property Shop.Money.Currency",
            "5-5 method Shop.Money.operator +", "6-6 method Shop.Money.operator decimal",
            "9-9 interface Shop.ICart", "9-9 property Shop.ICart.this[]", "9-9 event Shop.ICart.Changed",
            "12-29 class Shop.Cart", "15-15 constant Shop.Cart.Most", "16-16 field Shop.Cart.a", "16-16 field Shop.Cart.b", "17-17 event Shop.Cart.Changed",
            "18-18 constructor Shop.Cart.Cart", "19-19 method Shop.Cart.~Cart", "20-20 property Shop.Cart.Total", "21-25 method Shop.Cart.Sum", "23-23 function Shop.Cart.Sum.Inner",
            "26-26 enum Shop.Cart.State", "26-26 enum member Shop.Cart.State.Open", "26-26 enum member Shop.Cart.State.Closed", "27-27 delegate Shop.Cart.Done",
            "28-28 struct Shop.Cart.Row",
        ], found);
    }

    [Theory]
    [InlineData("class A { int X(int a,\n   string b) { return 1; } }", "X", "int X(int a, string b)")]
    [InlineData("[Obsolete(\"x\")] public sealed class A : B { }", "A", "public sealed class A : B")]
    [InlineData("class A { public int P => 3; }", "P", "public int P")]
    [InlineData("class A { public required string Q { get; init; } }", "Q", "public required string Q")]
    [InlineData("class A { private readonly int f = 3; }", "f", "private readonly int f = 3")]
    public void Read_Head_IsOneLineWithoutBodyAndAttributes(string text, string name, string head) =>
        Assert.Equal(head, SymbolReader.Read("a.cs", text)!.Single(s => s.Name == name).Signature);

    [Theory]
    [InlineData("")]
    [InlineData("class {")]
    [InlineData("class A { void F( } }}}} int x")]
    [InlineData("\0\u0001")]
    [InlineData("int Local() => 3; Local();")]
    public void Read_BrokenText_GivesWhatIsThere(string text) => Assert.NotNull(SymbolReader.Read("a.cs", text));

    [Theory]
    [InlineData("(")]
    [InlineData("class A { ")]
    [InlineData("a<")]
    [InlineData("[a")]
    [InlineData("if(x){")]
    [InlineData("A</*>*/")]
    [InlineData("A<//>\n")]
    [InlineData("(/*)*/")]
    [InlineData("$\"{/*}*/")]
    [InlineData("x ? ")]
    [InlineData("x?.y ?? ")]
    public void Read_DeepNesting_IsRefused(string piece) =>
        Assert.Throws<UnreadableCodeException>(() => SymbolReader.Read("a.cs", "class B { int x = " + string.Concat(Enumerable.Repeat(piece, 290_000 / piece.Length))));

    [Fact]
    public void Read_LongDirective_IsRefused() => Assert.Throws<UnreadableCodeException>(() => SymbolReader.Read("a.cs", "  #if " + new string('!', 1_000_000) + "A\n#endif\n"));

    [Theory]
    [InlineData("!")]
    [InlineData("-")]
    [InlineData("await ")]
    [InlineData("x.")]
    [InlineData("x => ")]
    [InlineData("*")]
    [InlineData("int[].")]
    [InlineData("else if (x) ; ")]
    [InlineData("\f#if !!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!\n")]
    public async Task Read_LongChains_DoNotEndTheProcess(string piece)
    {
        var text = "class B { void F() { var y = " + string.Concat(Enumerable.Repeat(piece, 280_000 / piece.Length)) + "z; } }";
        Assert.NotNull(await DeepStack.RunAsync(() => SymbolReader.Read("a.cs", text), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Read_LongestDirective_DoesNotEndTheProcess() =>
        Assert.NotNull(await DeepStack.RunAsync(() => SymbolReader.Read("a.cs", "\f#if " + new string('!', 290_000)), TestContext.Current.CancellationToken));

    [Fact]
    public void Read_MostQuestions_AreParsed() => Assert.NotEmpty(SymbolReader.Read("a.cs", "class A { int x = " + string.Concat(Enumerable.Repeat("x ? ", 190)) + "1; }")!);

    [Theory]
    [InlineData("\"\\x1b[31m\" +\n", 600)]
    [InlineData("1 << 0,\n", 600)]
    [InlineData("\"what? \" +\n", 600)]
    public void Read_OrdinaryRepetition_IsRead(string piece, int times) => Assert.NotEmpty(SymbolReader.Read("a.cs", "class A { object x = F(" + string.Concat(Enumerable.Repeat(piece, times)) + "0); }")!);

    [Fact]
    public void Read_EndlessName_IsLeftOut() => Assert.Equal(["C", "a"], SymbolReader.Read("a.cs", "class C { void " + new string('M', 100_000) + "() { void a() { } } }")!.Select(s => s.Name));

    [Theory]
    [InlineData("Total", true)]
    [InlineData("Cart.Total", true)]
    [InlineData("Shop.Cart.Total", true)]
    [InlineData("art.Total", false)]
    [InlineData("Shop.Total", false)]
    public void IsNamed_Endings_CountFromADot(string name, bool named) =>
        Assert.Equal(named, new CodeSymbol("Total", SymbolKind.Method, "a.cs", 1, 1, "Shop.Cart", "int Total()").IsNamed(name));
}
