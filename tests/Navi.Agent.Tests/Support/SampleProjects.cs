namespace Navi.Agent.Tests.Support;

/// <summary>Small projects with tests that need no download.</summary>
internal static class SampleProjects
{
    public static SourceFixture Python() => new SourceFixture()
        .With("shop/__init__.py", "")
        .With("shop/cart.py", "def total(prices):\n    subtotal = sum(prices)\n    return subtotal\n\n\nif __name__ == '__main__':\n    print(f\"total: {total([1, 2])}\")\n")
        .With("tests/test_cart.py", "import unittest\nfrom shop.cart import total\n\n\nclass CartTest(unittest.TestCase):\n    def test_total(self):\n        self.assertEqual(6, total([1, 2, 3]))\n\n    @unittest.skip('later')\n    def test_skipped(self):\n        self.fail()\n")
        .With("README.md", "# Shop\n\nCall total for the total.\n");

    public static SourceFixture Node() => new SourceFixture()
        .With("package.json", "{ \"name\": \"shop\", \"type\": \"module\", \"dependencies\": {} }\n")
        .With("cart.js", "export function total(prices) {\n  return prices.reduce((a, b) => a + b, 0);\n}\n")
        .With("cart.test.js", "import test from 'node:test';\nimport assert from 'node:assert';\nimport { total } from './cart.js';\n\ntest('adds', () => assert.equal(total([1, 2]), 3));\n");

    public static SourceFixture Make() => new SourceFixture()
        .With("Makefile", "test:\n\tsh check.sh\n")
        .With("lib.sh", "total() { echo $(( $1 + $2 )); }\n")
        .With("check.sh", ". ./lib.sh\n[ \"$(total 1 2)\" = 3 ] && echo 'ok 1'\n");

    public static SourceFixture Rust() => new SourceFixture()
        .With("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n")
        .With("Cargo.lock", "version = 3\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n")
        .With("src/lib.rs", "pub fn total(prices: &[i32]) -> i32 {\n    prices.iter().sum()\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {\n        assert_eq!(super::total(&[1, 2]), 3);\n    }\n}\n");
}
